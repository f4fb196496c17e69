#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/time/instant.h>

#include "domain/attempt_key.h"
#include "domain/decline.h"
#include "domain/payment_state.h"
#include "domain/shares.h"

namespace livery::payments {

struct PaymentTag {
    static constexpr std::string_view kPrefix = "pay";
};
using PaymentId = Id<PaymentTag>;
struct MethodTag {
    static constexpr std::string_view kPrefix = "pm";
};
using MethodId = Id<MethodTag>;

// Who decided that money is to be taken.
enum class Origin : std::uint8_t { kCustomer, kAutomatic, kStaff };
std::string_view ToString(Origin origin);
std::optional<Origin> OriginFrom(std::string_view word);

// One attempt to take money of an account for some of its invoices: at a provider, or (with no
// instance) by hand, as somebody of the staff wrote down.
struct Payment {
    PaymentId id;
    AccountId account;
    Origin origin = Origin::kCustomer;
    std::string instance;  // "" = by hand: cash, cheque, a transfer
    std::optional<MethodId> method;
    bool keeps_method = false;  // who pays wants it kept, to be charged again
    PaymentState state = PaymentState::kCreated;
    std::string reference;  // ours; of what is by hand the payer's
    AttemptKey key;
    Money amount;                    // asked
    std::optional<Money> processed;  // what the provider took of it
    Money given_back;                // by refunds and chargebacks, of `amount`'s currency
    std::vector<Share> parts;        // what it is for
    std::string provider_id;
    Instant began_at{};  // by the machine's clock, as providers have it
    Instant shown_at{};  // the same by the tenant's, which may be a test clock: for people
    Instant sent_by{};   // until when a request of it may have been on its way
    int looks = 0;
    std::optional<Instant> next_look_at;
    std::string receipt;
    std::string action_url;                            // where who pays goes on
    std::map<std::string, std::string> action_fields;  // posted there; empty: a link
    // Of who began it: a repeat under the same key must be the same request.
    std::optional<Uuid> way_back;  // the token of the address to which his browser comes back
    std::string locale;
    std::string fault;  // why a call ended without an answer: for staff
    std::optional<Refusal> refusal;
    bool let_go = false;  // its provider was asked to, since nobody owes it any more
    int bank_look = 0;    // the look by which what the payer's bank holds was booked
    std::optional<Date> came_back_on = {};  // of a debit that failed late: by the tenant's days

    // What can still go back of it.
    Money Refundable() const;
};

// Where a browser goes on by a link: to the provider's page, or, where that wants a form, to the
// page of ours that has it.
std::string LinkTo(const std::string& url, const std::map<std::string, std::string>& fields,
                   const std::string& page);

// What somebody says in the currency that the provider took, in the currency that was asked: all of
// it is all of it, a part the same part, half up (PA-05). nullopt: in neither currency.
std::optional<Money> InAskedCurrency(const Payment& payment, const Money& said);

}  // namespace livery::payments

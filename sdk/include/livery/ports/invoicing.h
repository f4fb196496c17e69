#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/billing/tax.h>
#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/money/rounding.h>
#include <livery/result.h>
#include <livery/time/frequency.h>

namespace livery {

// Invoices and credit notes as other plugins see them. Provided by `invoices`; called inside a
// transaction of the caller, which neither commits. Thread: any.

struct ChargedLine {
    std::string text;  // what it is for
    std::string plan;  // its name, "" = none
    Span covers{};     // empty = a moment
    Decimal unit_price;
    Decimal quantity;
    Ratio share;  // of the whole period
    Money amount;
    Money discount;
    Money net;
    std::vector<billing::LineTax> taxes;
    bool gives_back = false;  // a repair or credit
};

struct ChargedDocument {
    InvoiceId id;
    std::string number;  // "" = it waits for its taxes
    bool is_credit_note = false;
    std::vector<ChargedLine> lines;
    Money net;
    Money tax;
    Money total;
    Money balance;  // what is left to be paid, after the account's credit
};

class Invoicing {
 public:
    static constexpr std::string_view kPortId = "livery.invoicing/1";
    virtual ~Invoicing();

    struct Charged {
        std::vector<ChargedDocument> documents;
        // All that a payer would call the content, in one text: equal for equal lines, taxes and
        // amounts (DESIGN section 7: what a preview binds to).
        std::string wording;
    };
    // Everything that is due for the account: what it has changed is charged or given back.
    virtual Result<Charged> Bill(db::Transaction& tx, AccountId account, CivilTime now) = 0;
    // When something will be due for the account after `after`, as things stand; none = never.
    virtual std::optional<CivilTime> NextDue(db::Transaction& tx, AccountId account,
                                             CivilTime after) = 0;
    // Whether the code may be used, and from now on is; on one subscription or on everything.
    virtual Result<void> RedeemCoupon(db::Transaction& tx, AccountId account,
                                      const std::string& code,
                                      std::optional<SubscriptionId> subscription,
                                      CivilTime now) = 0;
    // Whether something that is past its due date is still owed: changes that cost something wait
    // until it is paid (case DU-01).
    virtual bool IsPastDue(db::Transaction& tx, AccountId account, Date today) = 0;

    // What of an account's invoices is owed, oldest due first; drafts are not. Nothing else settles
    // or changes any of it until the transaction ends.
    struct Owed {
        InvoiceId id;
        std::string number;
        Date due_on{};
        Money total;
        Money balance;
    };
    virtual std::vector<Owed> LockOwed(db::Transaction& tx, AccountId account) = 0;

    // The accounts that owe an invoice that was due by that day, by their ids, after `after`.
    virtual std::vector<AccountId> AccountsOwing(db::Transaction& tx, Date due_by, AccountId after,
                                                 std::size_t most) = 0;

    struct Part {
        InvoiceId invoice;
        Money amount;
    };
    // What is left to be paid of these as things stand, each that is owed at all. Nothing is
    // locked.
    virtual std::vector<Part> BalancesOf(db::Transaction& tx,
                                         const std::vector<InvoiceId>& invoices) = 0;

    struct IncomingPayment {
        std::string reference;  // the payer's or the gateway's; unique for the account
        Money amount;
        std::optional<InvoiceId> invoice;  // what it is for; the oldest first without
        // Or so much for each of these, as far as it is still owed; the rest as without.
        std::vector<Part> parts = {};
    };
    // What it went to, and what of it became the account's credit.
    struct Recorded {
        std::vector<Part> parts;
        Money credit;
    };
    // kInvalidArgument: not positive. kConflict: the reference was used, the invoice cannot be
    // paid.
    virtual Result<Recorded> RecordPayment(db::Transaction& tx, AccountId account,
                                           const IncomingPayment& payment, CivilTime now) = 0;

    // A recorded payment, or a part of it, that went back: by the payer's bank (PA-02), or by us
    // without a credit note (RP-10). What it had paid last is owed again first. Once the bank gives
    // it back again that is a payment with a reference of its own.
    struct Reversal {
        std::string reference;
        Money amount;
        bool by_bank = false;
    };
    // kNotFound: no such payment of the account. kInvalidArgument: more than is left of it.
    virtual Result<std::vector<Part>> ReversePayment(db::Transaction& tx, AccountId account,
                                                     const Reversal& reversal, CivilTime now) = 0;
    // A credit note of so much with tax, all of it paid back: the invoice is not owed again.
    // kInvalidArgument: more than was paid of it, or than is left of its lines.
    virtual Result<InvoiceId> CreditPaid(db::Transaction& tx, AccountId account, const Part& part,
                                         CivilTime now) = 0;
    // The same of what is still owed: no money moves; what was paid of it is the account's credit.
    virtual Result<InvoiceId> CreditOwed(db::Transaction& tx, AccountId account, const Part& part,
                                         CivilTime now) = 0;
    // What is to go back of a recorded payment: with a credit note on an invoice, or without.
    struct GivingBack {
        std::string reference;  // the payment's
        Money amount;
        std::optional<InvoiceId> noted;
    };
    // Whether `wanted` could be booked now, by ReversePayment or CreditPaid, once `before` are:
    // each of those as far as it can. The error is the one of that call; nothing is changed.
    virtual Result<void> CheckGivingBack(db::Transaction& tx, AccountId account,
                                         const GivingBack& wanted,
                                         const std::vector<GivingBack>& before, CivilTime now) = 0;
};

// What was invoiced for one subscription. Provided by `invoices`. Reads by itself, in one round
// trip. Thread: any.
class SubscriptionBilling {
 public:
    static constexpr std::string_view kPortId = "livery.subscription_billing/1";
    virtual ~SubscriptionBilling();
    struct Document {
        InvoiceId id;
        std::string number;  // "" = it waits for its taxes
        bool is_credit_note = false;
        std::string status;  // "paid": names a badge; its word is the theme's `state.paid`
        Date issued_on{};
        Money total;
    };
    struct Facts {
        std::optional<CivilTime> charged_through;  // exclusive
        std::vector<Document> documents;           // newest first, at most 12
    };
    virtual Facts Of(const TenantId& tenant, AccountId account, SubscriptionId subscription) = 0;
};

}  // namespace livery

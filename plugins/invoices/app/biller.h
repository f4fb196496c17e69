#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/account_work.h"
#include "domain/charging.h"

namespace livery::invoices {

// A charge that no subscription makes.
struct ManualLine {
    std::string text;
    Decimal unit_price;
    Decimal quantity{1};
    Currency currency;
    std::string site;
    std::string tax_class;
    std::optional<std::vector<std::string>> taxes;  // these codes, instead of what the rules say
};

struct ManualInvoice {
    std::vector<ManualLine> lines;
    std::string coupon;  // "" = none
    bool draft = false;  // leave it open for more
};

// Writes invoices: what is due, and what is asked for. Every call is a part of the caller's
// transaction, for one account at one civil time; what it returns as an Error has changed nothing
// that the transaction may keep. Thread: any.
class Biller {
 public:
    explicit Biller(const BillingPorts& ports) : ports_(ports) {}

    // Everything that is due: documents waiting for their taxes, drafts whose day is over, and what
    // the subscriptions are to be charged or given back. Returns the documents that became final.
    Result<std::vector<InvoiceId>> Bill(db::Transaction& tx, AccountId account, CivilTime now);

    // One document per currency (TX-15), in the order of the lines.
    Result<std::vector<InvoiceId>> Charge(db::Transaction& tx, AccountId account,
                                          const ManualInvoice& invoice, CivilTime now);
    // A credit on a draft lowers it: as an amount granted, a line of its own that leaves the taxes
    // as they are (RP-08), or as a reduction of the prices, a discount before tax over the draft's
    // charges in proportion. kInvalidArgument: a reduction by more than they come to.
    enum class DraftCredit { kGranted, kReduction };
    struct CreditOnDraft {
        Money amount;
        DraftCredit as = DraftCredit::kGranted;
    };
    Result<void> CreditDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                             const CreditOnDraft& credit, CivilTime now);
    Result<void> FinalizeDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                               CivilTime now);
    Result<void> RedeemCoupon(db::Transaction& tx, AccountId account, const std::string& code,
                              std::optional<SubscriptionId> subscription, CivilTime now);

 private:
    std::vector<Line> LinesDue(AccountWork& work);
    // Throws BrokenInvariant when time is charged for which money was taken already.
    void CheckChargedOnce(AccountWork& work, const ChargingInput& input,
                          const std::vector<Line>& due);
    // One draft per currency, with the account's coupons taken off.
    static std::vector<Document> DraftsOf(AccountWork& work, std::vector<Line> lines);
    static void Discount(AccountWork& work, Document& draft);

    const BillingPorts& ports_;
};

}  // namespace livery::invoices

#include "lives.h"

#include <stdexcept>

#include "app/agreement_desk.h"
#include "app/biller.h"
#include "app/receivables.h"
#include "storage/agreement_repository.h"
#include "storage/book_repository.h"
#include "storage/ledger_repository.h"

namespace livery::kills {

using billing::Catalog;
using subscriptions::Agreement;
using subscriptions::Ending;

namespace {

const Currency kEuro = *Currency::Parse("EUR");
const CivilTime kBilled = *ParseCivilTime("2026-01-20");
const CivilTime kChanged = *ParseCivilTime("2026-01-25");

template <class Value>
Value Must(Result<Value> result) {
    if (!result) throw std::runtime_error("a life cannot begin: " + result.error().message);
    return *std::move(result);
}
void Must(const Result<void>& result) {
    if (!result) throw std::runtime_error("a life cannot begin: " + result.error().message);
}

// The use cases on one tenant's tables.
class Beginnings {
 public:
    Beginnings(Shop& shop, IdSource& ids)
        : shop_(shop),
          agreements_(ids),
          ledger_(ids),
          desk_(shop, shop, agreements_, ids),
          ports_{shop, shop, desk_, shop, ledger_, books_, shop, ids} {}

    void Begin(db::Transaction& tx, std::size_t account) {
        tx_ = &tx;
        id_ = shop_.At(account);
        // Whoever bills on other days than the first meets part periods on both ends.
        start_ = *ParseCivilTime("2026-01-01") + std::chrono::days(account * 7 % 19);
        Subscribe(Shop::ShapeOf(account));
        const bool even = Shop::RoundOf(account) % 2 == 0;
        if (even) Bill();
        Change(Shop::ShapeOf(account), even);
    }

 private:
    SubscriptionId Buy(const std::string& plan, std::optional<SubscriptionId> base = {},
                       Currency currency = kEuro) {
        return Must(desk_.Subscribe(*tx_, id_, {plan, Decimal(1), currency, "", base, {}}, start_));
    }

    void Subscribe(Shape shape) {
        switch (shape) {
            case Shape::kArrear:
            case Shape::kChildInArrear:
                bought_ = Buy("arrear");
                break;
            case Shape::kBundle:
                bought_ = Buy("pro");
                Buy("extra", bought_);
                Buy("extra-year", bought_);
                break;
            case Shape::kCoupon:
                bought_ = Buy("basic");
                Buy("extra", bought_);
                Redeem("QUARTER", std::nullopt);
                break;
            case Shape::kPartPeriod:
                bought_ = Buy("aligned");
                break;
            case Shape::kDowngrade:
                bought_ = Buy("pro");
                break;
            case Shape::kUsage:
                bought_ = Buy("metered");
                Use();
                break;
            case Shape::kTrial:
                bought_ = Buy("trial");
                break;
            case Shape::kAmountOff:
                bought_ = Buy("week");
                Redeem("FIVE", bought_);
                break;
            case Shape::kDollars:
                bought_ = Buy("basic", std::nullopt, *Currency::Parse("USD"));
                break;
            default:
                bought_ = Buy("basic");
        }
    }

    void Redeem(const std::string& code, std::optional<SubscriptionId> subscription) {
        Must(invoices::Biller(ports_).RedeemCoupon(*tx_, id_, code, subscription, start_));
    }

    void Use() {
        for (const char* day :
             {"2026-01-22T10:00:00", "2026-02-09T08:30:00", "2026-03-03T23:59:59"})
            Must(
                desk_.RecordUse(*tx_, id_, bought_, {"calls", Decimal(371), *ParseCivilTime(day)}));
    }

    void Bill() { billed_ = Must(invoices::Biller(ports_).Bill(*tx_, id_, kBilled)); }

    void Agree(const subscriptions::AgreementDesk::Transition& transition) {
        Must(desk_.Change(*tx_, id_, bought_, transition));
    }

    void ChangePlan(const std::string& plan) {
        Agree([&](Agreement agreement, const Catalog& catalog) {
            return subscriptions::ChangePlan(std::move(agreement), catalog,
                                             {plan, std::nullopt, kChanged, std::nullopt});
        });
    }

    void Grant(std::int64_t cents) {
        Must(invoices::Receivables(ports_).GrantCredit(*tx_, id_, Money(cents, kEuro), "Sorry",
                                                       kChanged));
    }

    void Change(Shape shape, bool even) {
        if (shape == Shape::kAdvance && even) {
            Must(invoices::Receivables(ports_).Pay(
                *tx_, id_, {"transfer", kChanged, Money(700, kEuro), {}}, billed_.front()));
        }
        if (shape == Shape::kUpgrade) ChangePlan("pro");
        if (shape == Shape::kDowngrade) ChangePlan("basic");
        if (shape == Shape::kCredit) Grant(5000);
        if (shape == Shape::kParent && even) Grant(20000);
        if (shape == Shape::kPause) {
            Agree([&](Agreement agreement, const Catalog& catalog) {
                const subscriptions::Pause pause{kChanged + std::chrono::days(16), std::nullopt};
                return subscriptions::PauseFrom(std::move(agreement), catalog, pause, kChanged);
            });
        }
        if (shape == Shape::kCancelled) {
            Agree([&](Agreement agreement, const Catalog& catalog) {
                return subscriptions::Cancel(std::move(agreement), catalog,
                                             {Ending::When::kNow, std::nullopt, "", kChanged});
            });
        }
    }

    Shop& shop_;
    subscriptions::AgreementRepository agreements_;
    ledger::LedgerRepository ledger_;
    invoices::BookRepository books_;
    subscriptions::AgreementDesk desk_;
    invoices::BillingPorts ports_;
    db::Transaction* tx_ = nullptr;
    AccountId id_;
    CivilTime start_{};
    SubscriptionId bought_;
    std::vector<InvoiceId> billed_;
};

}  // namespace

void BeginLives(db::Database& database, const TenantId& tenant, Shop& shop, IdSource& ids) {
    constexpr std::size_t kTogether = 50;
    shop.MoveTo(kBilled);
    for (std::size_t first = 0; first < shop.accounts(); first += kTogether) {
        database.Transact(tenant, [&](db::Transaction& tx) {
            Beginnings beginnings(shop, ids);
            for (std::size_t i = first; i < std::min(first + kTogether, shop.accounts()); ++i)
                beginnings.Begin(tx, i);
        });
    }
}

}  // namespace livery::kills

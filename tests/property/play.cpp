#include "play.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <functional>

#include <fmt/format.h>

#include "domain/bundle.h"
#include "kept.h"
#include "shop.h"
#include "time_model.h"
#include "world.h"

namespace livery::property {

using billing::Catalog;
using golden::World;
using invoices::Document;
using subscriptions::Agreement;
using subscriptions::Ending;
using Kind = Operation::Kind;

namespace {

constexpr std::array<std::string_view, Operation::kKinds> kNames{
    "clock",  "bill",        "subscribe", "addon", "change_plan", "quantity", "withdraw",
    "pause",  "resume",      "cancel",    "stay",  "billing_day", "pay",      "grant",
    "adjust", "credit_note", "refund",    "void",  "write_off"};

const Currency kEuro = *Currency::Parse("EUR");
const CivilTime kStart = std::chrono::sys_days(std::chrono::year(2027) / 12 / 15);

Money Cents(std::int64_t cents) { return {cents, kEuro}; }

// One customer, his world, and what is expected of it.
class Customer {
 public:
    // `storage`: where it is kept besides memory.
    explicit Customer(int policies, std::unique_ptr<golden::Storage> storage = nullptr)
        : world_({kEuro, "UTC", std::nullopt, false}, ShopWith(policies), ShopTaxes(),
                 {{"one", {"one", kEuro, Profile(), ""}}}, std::move(storage)) {
        world_.MoveTo(kStart);
        account_ = world_.FindAccount("one")->profile.account;
    }

    bool Do(const Operation& operation) {
        if (operation.kind == Kind::kClock) {
            // Whole days, and sometimes hours.
            world_.MoveTo(world_.now() + std::chrono::days(operation.a % 45) +
                          std::chrono::hours(operation.b % 3 * 7));
            return true;
        }
        const auto done = world_.Transact([&](db::Transaction& tx) -> Result<void> {
            return operation.kind < Kind::kPay ? Agree(tx, operation) : Account(tx, operation);
        });
        return done.has_value();
    }

    // As a billing run does.
    void Bill() {
        const auto billed =
            world_.Transact([&](db::Transaction& tx) { return world_.BillAll(tx); });
        if (!billed) problem_ = "billing failed: " + billed.error().message;
    }

    // Everything that must hold after a step and a billing run.
    std::string Problem() {
        if (!problem_.empty()) return problem_;
        if (std::string broken = world_.BrokenInvariant(); !broken.empty()) return broken;
        const std::size_t documents = Book().documents().size();
        Bill();
        if (Book().documents().size() != documents) return "billed twice at one time";
        for (const Agreement& agreement : WithBases(agreements(), world_.catalog())) {
            const Expectation expected{agreement, BaseOf(agreement), world_.catalog(),
                                       world_.now()};
            std::string broken = BrokenTiling(expected, Book());
            if (broken.empty() && !given_by_decision_) broken = BrokenSum(expected, Book());
            if (!broken.empty()) return broken;
        }
        return CashProblem();
    }

    const invoices::AccountBook& Book() const {
        static const invoices::AccountBook empty{AccountId{}};
        const auto found = world_.store().state().books.find(account_);
        return found == world_.store().state().books.end() ? empty : found->second;
    }
    const std::vector<Agreement>& agreements() const { return world_.store().state().agreements; }
    const golden::MemoryState& state() const { return world_.store().state(); }

 private:
    static BillingProfile Profile() {
        BillingProfile profile;
        profile.customer_class = "consumer";
        profile.place.country = "DE";
        return profile;
    }

    const Agreement* BaseOf(const Agreement& addon) const {
        const auto base =
            std::find_if(agreements().begin(), agreements().end(),
                         [&](const Agreement& each) { return addon.base == each.id; });
        return base == agreements().end() ? nullptr : &*base;
    }

    template <class Each>
    static const Each* Choose(const std::vector<Each>& all, int number) {
        return all.empty() ? nullptr : &all[static_cast<std::size_t>(number) % all.size()];
    }

    Result<void> Subscribe(db::Transaction& tx, const Operation& operation) {
        SubscriptionRequest wanted{*Choose(BasePlans(), operation.a),
                                   Decimal(1 + operation.b % 3),
                                   kEuro,
                                   "",
                                   std::nullopt,
                                   std::nullopt};
        if (operation.kind == Kind::kAddon) {
            const Agreement* base = Choose(agreements(), operation.a);
            if (base == nullptr) return NotFound("");
            wanted.plan = *Choose(AddonPlans(), operation.b), wanted.base = base->id;
        }
        LIVERY_TRY(world_.desk().Subscribe(tx, account_, wanted, world_.now()));
        return {};
    }

    Result<void> Agree(db::Transaction& tx, const Operation& operation) {
        if (operation.kind == Kind::kBill) return world_.BillAccount(tx, account_);
        if (operation.kind == Kind::kSubscribe || operation.kind == Kind::kAddon)
            return Subscribe(tx, operation);
        const Agreement* chosen = Choose(agreements(), operation.a);
        if (chosen == nullptr) return NotFound("");
        return world_.desk().Change(tx, account_, chosen->id,
                                    [&](Agreement agreement, const Catalog& catalog) {
                                        return Change(std::move(agreement), catalog, operation);
                                    });
    }

    Result<Agreement> Change(Agreement agreement, const Catalog& catalog,
                             const Operation& operation) const {
        const CivilTime now = world_.now();
        const int b = operation.b;
        switch (operation.kind) {
            case Kind::kChangePlan:
                return ChangePlan(std::move(agreement), catalog, b);
            case Kind::kChangeQuantity:
                return subscriptions::ChangeQuantity(agreement, catalog,
                                                     {Decimal(1 + b % 4), now, b % 5 == 4});
            case Kind::kWithdrawChange:
                return subscriptions::WithdrawChange(agreement, catalog, now);
            case Kind::kPause:
                return Pause(std::move(agreement), catalog, b);
            case Kind::kResume:
                return subscriptions::Resume(agreement, catalog, now);
            case Kind::kCancel: {
                const auto when = static_cast<Ending::When>(b % 3);
                const Ending ending{when, now + std::chrono::days(b % 70), "", now};
                return subscriptions::Cancel(agreement, catalog, ending);
            }
            case Kind::kWithdrawCancel:
                return subscriptions::WithdrawCancel(agreement, catalog, now);
            default:
                return subscriptions::MoveBillingDay(agreement, catalog, 1 + b % 31, now);
        }
    }

    // From 1000 on: on a later day, without proration, or both.
    Result<Agreement> ChangePlan(Agreement agreement, const Catalog& catalog, int b) const {
        const auto& plans = agreement.base ? AddonPlans() : BasePlans();
        subscriptions::PlanChange change{*Choose(plans, b), std::nullopt, world_.now(),
                                         std::nullopt};
        if (b >= 1000 && b % 3 != 0) change.prorated = false;
        if (b >= 1000 && b % 3 != 1) change.on = DayOf(world_.now()) + std::chrono::days(b % 70);
        return subscriptions::ChangePlan(std::move(agreement), catalog, change);
    }

    Result<Agreement> Pause(Agreement agreement, const Catalog& catalog, int b) const {
        // An add-on is paused with its base.
        if (agreement.base) return NotFound("");
        const CivilTime from = world_.now() + std::chrono::days(b % 4 * 5);
        std::optional<CivilTime> to;
        if (b % 3 != 0) to = from + std::chrono::days(1 + b % 50);
        return subscriptions::PauseFrom(std::move(agreement), catalog, {from, to}, world_.now());
    }

    Result<void> Pay(db::Transaction& tx, const Operation& operation) {
        const Document* document = Choose(Book().documents(), operation.a);
        std::optional<InvoiceId> only;
        if (document != nullptr && operation.a % 2 == 0) only = document->id;
        const Money amount = Cents(1 + operation.b * 37 % 30000);
        LIVERY_TRY(world_.receivables().Pay(tx, account_, {"", world_.now(), amount, {}}, only));
        paid_ += amount.minor_units();
        return {};
    }

    Result<void> Account(db::Transaction& tx, const Operation& operation) {
        const CivilTime now = world_.now();
        auto& receivables = world_.receivables();
        const Money amount = Cents(1 + operation.b * 37 % 9000);
        if (operation.kind == Kind::kPay) return Pay(tx, operation);
        if (operation.kind == Kind::kGrantCredit) {
            LIVERY_TRY(receivables.GrantCredit(tx, account_, amount, "", now));
            return {};
        }
        const Document* document = Choose(Book().documents(), operation.a);
        if (document == nullptr) return NotFound("");
        const InvoiceId id = document->id;
        std::optional<Money> refund;
        if (operation.b % 4 == 0) refund = Cents(amount.minor_units() / 2);
        given_by_decision_ = true;
        switch (operation.kind) {
            case Kind::kAdjust: {
                const invoices::Line* line = Choose(document->lines, operation.b);
                if (line == nullptr) return NotFound("");
                LIVERY_TRY(receivables.AdjustLine(tx, account_, {line->id, amount, refund}, now));
                break;
            }
            case Kind::kCreditNote:
                LIVERY_TRY(receivables.CreditInvoice(tx, account_, {id, amount, refund}, now));
                break;
            case Kind::kRefund:
                LIVERY_TRY(receivables.Refund(tx, account_, {id, amount}, now));
                break;
            case Kind::kVoid:
                LIVERY_TRY(receivables.VoidInvoice(tx, account_, id, now));
                break;
            default:
                return receivables.WriteOff(tx, account_, id, now);
        }
        return {};
    }

    // Cash in the books is what was paid less what documents say was paid back.
    std::string CashProblem() const {
        std::int64_t cash = 0;
        for (const auto& entry : world_.store().state().journal) {
            for (const auto& posting : entry.postings) {
                if (posting.account == billing::LedgerAccount::kCash)
                    cash += posting.amount.minor_units();
            }
        }
        std::int64_t expected = paid_;
        for (const Document& document : Book().documents())
            expected -= document.refunded.minor_units();
        if (cash == expected) return "";
        return fmt::format("cash: {} in the books, {} paid and not paid back", cash, expected);
    }

    World world_;
    AccountId account_;
    std::int64_t paid_ = 0;
    bool given_by_decision_ = false;
    std::string problem_;
};

}  // namespace

std::string ToText(const Life& life) {
    std::string text = fmt::format("{}:", life.policies);
    for (const Operation& operation : life.operations) {
        text += fmt::format(" {} {} {},", kNames[static_cast<std::size_t>(operation.kind)],
                            operation.a, operation.b);
    }
    return text;
}

std::optional<Life> LifeFrom(std::string_view text) {
    Life life;
    const auto word = [&] {
        const auto begin = std::min(text.find_first_not_of(" ,:"), text.size());
        const auto end = std::min(text.find_first_of(" ,:", begin), text.size());
        const std::string_view found = text.substr(begin, end - begin);
        text.remove_prefix(end);
        return found;
    };
    const auto number = [&] {
        int value = -1;
        const std::string_view digits = word();
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    };
    life.policies = number();
    for (std::string_view name = word(); !name.empty(); name = word()) {
        const auto* found = std::find(kNames.begin(), kNames.end(), name);
        if (found == kNames.end()) return std::nullopt;
        Operation operation{static_cast<Kind>(found - kNames.begin()), number(), number()};
        if (operation.a < 0 || operation.b < 0) return std::nullopt;
        life.operations.push_back(operation);
    }
    return life.policies < 0 ? std::nullopt : std::optional(life);
}

namespace {

// One step and all that must hold after it.
struct Step {
    bool accepted = false;
    std::string problem;
};
Step Take(Customer& customer, const Operation& operation) {
    Step step;
    try {
        step.accepted = customer.Do(operation);
        customer.Bill();
        step.problem = customer.Problem();
    } catch (const std::exception& thrown) {
        step.problem = thrown.what();
    }
    return step;
}

Played PlayBy(const Life& life, const std::function<Step(const Operation&)>& take) {
    Played played;
    for (std::size_t i = 0; i < life.operations.size(); ++i) {
        const Step step = take(life.operations[i]);
        if (step.accepted) ++played.accepted;
        if (step.problem.empty()) continue;
        played.problem = fmt::format("after operation {}: {}", i + 1, step.problem);
        return played;
    }
    return played;
}

}  // namespace

Played Play(const Life& life) {
    Customer customer(life.policies);
    return PlayBy(life, [&](const Operation& operation) { return Take(customer, operation); });
}

Played PlayBeside(const Life& life, std::unique_ptr<golden::Storage> storage) {
    Customer remembered(life.policies);
    Customer stored(life.policies, std::move(storage));
    return PlayBy(life, [&](const Operation& operation) {
        Step expected = Take(remembered, operation);
        Step step = Take(stored, operation);
        if (!step.problem.empty() || !expected.problem.empty()) {
            step.problem = fmt::format("stored: {}; in memory: {}", step.problem, expected.problem);
        } else if (step.accepted != expected.accepted) {
            step.problem = step.accepted ? "refused in memory only" : "refused on storage only";
        } else {
            step.problem = DifferenceOf(stored.state(), remembered.state());
        }
        return step;
    });
}

std::vector<std::int64_t> ChargedWhenBilledEvery(int days, const Life& life) {
    constexpr int kDays = 360;
    Customer customer(life.policies);
    for (const Operation& operation : life.operations) customer.Do(operation);
    for (int day = 0; day < kDays; day += days) {
        customer.Do({Kind::kClock, 0, 0});
        for (int left = days; left > 0; left -= 44)
            customer.Do({Kind::kClock, std::min(left, 44), 0});
        customer.Bill();
    }
    std::vector<std::int64_t> charged;
    for (const Agreement& agreement : customer.agreements()) {
        std::int64_t sum = 0;
        for (const auto& billed : customer.Book().Billed(agreement.id))
            sum += billed.left.minor_units();
        charged.push_back(sum);
    }
    return charged;
}

}  // namespace livery::property

#include "world.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "app/use_log.h"
#include "domain/bundle.h"

namespace livery::golden {

using invoices::Document;

Uuid CountingIds::Next() {
    ++count_;
    std::array<std::uint8_t, 10> random{};
    for (std::size_t i = 0; i < 8; ++i)
        random[9 - i] = static_cast<std::uint8_t>(count_ >> (8 * i));
    return MakeUuidV7(count_, random);
}

World::World(TenantSetup tenant, billing::Catalog catalog, taxes::TaxRules taxes,
             std::map<std::string, AccountSetup> accounts, std::unique_ptr<Storage> storage)
    : tenant_(std::move(tenant)),
      catalog_(std::make_shared<const billing::Catalog>(std::move(catalog))),
      taxes_(std::move(taxes)),
      accounts_(std::move(accounts)),
      storage_(std::move(storage)),
      desk_(*this, *this,
            storage_ ? storage_->agreements() : static_cast<subscriptions::AgreementStore&>(store_),
            ids_),
      ports_{*this,
             *this,
             desk_,
             *this,
             storage_ ? storage_->ledger() : static_cast<Ledger&>(store_),
             storage_ ? storage_->books() : static_cast<invoices::BookStore&>(store_),
             *this,
             ids_},
      biller_(ports_),
      receivables_(ports_),
      orders_({*this, *this, *this, desk_,
               storage_ ? storage_->orders() : static_cast<orders::OrderStore&>(store_), ids_,
               standing()}) {
    for (auto& [name, account] : accounts_) account.profile.account = AccountId(ids_.Next());
    for (auto& [name, account] : accounts_) {
        if (!account.parent.empty())
            account.profile.paid_by = accounts_.at(account.parent).profile.account;
    }
}

AccountSetup* World::FindAccount(const std::string& name) {
    const auto found = accounts_.find(name);
    return found == accounts_.end() ? nullptr : &found->second;
}

void World::NoteUse(db::Transaction& tx, const billing::Catalog& catalog,
                    const std::vector<billing::Sold>& sold, Date today) {
    catalog::NoteUse(storage_ ? storage_->used() : static_cast<catalog::UseStore&>(store_), tx,
                     catalog, sold, today);
}

Result<BillingProfile> World::Of(db::Transaction&, AccountId account) {
    for (const auto& [name, setup] : accounts_) {
        if (setup.profile.account == account) return setup.profile;
    }
    return NotFound("error.not_found");
}

std::vector<BillingProfile> World::OfRange(db::Transaction&, AccountId first, AccountId last) {
    std::vector<BillingProfile> found;
    for (const auto& [name, setup] : accounts_) {
        const AccountId id = setup.profile.account;
        if (first <= id && id <= last) found.push_back(setup.profile);
    }
    return found;
}

Result<billing::TaxAnswer> World::Calculate(const TenantId&, const billing::TaxQuestion& question) {
    if (!tax_provider_answers) return Error{ErrorCode::kUnavailable, "error.tax_provider", {}};
    return taxes::Calculate(taxes_, catalog_->policies, question);
}

std::optional<invoices::ReportRate> World::RateOf(db::Transaction&, Currency currency) {
    if (tenant_.report_currency == currency) return invoices::ReportRate{currency, Decimal(1)};
    const auto rate = rates.find(currency);
    if (!tenant_.report_currency || rate == rates.end()) return std::nullopt;
    return invoices::ReportRate{*tenant_.report_currency, rate->second};
}

void World::Refresh(db::Transaction& tx) {
    if (storage_ == nullptr) return;
    std::vector<AccountId> accounts;
    for (const auto& [name, account] : accounts_) accounts.push_back(account.profile.account);
    store_.state() = storage_->Read(tx, accounts);
}

Result<void> World::Transact(const std::function<Result<void>(db::Transaction&)>& work,
                             bool commit) {
    struct Undone {};
    MemoryState before = store_.state();
    Result<void> result;
    try {
        if (storage_ == nullptr) {
            MemoryTransaction tx(TenantId("golden"), store_.state().quotes);
            result = work(tx);
            if (!result || !commit) throw Undone{};
        } else {
            storage_->Transact([&](db::Transaction& tx) {
                result = work(tx);
                if (!result || !commit) throw Undone{};
                Refresh(tx);
            });
        }
    } catch (const Undone&) {
        store_.state() = std::move(before);
    } catch (...) {
        store_.state() = std::move(before);
        throw;
    }
    return result;
}

Result<void> World::BillAccount(db::Transaction& tx, AccountId account) {
    LIVERY_TRY(biller_.Bill(tx, account, now()));
    return {};
}

Result<void> World::BillAll(db::Transaction& tx) {
    if (storage_ != nullptr && !accounts_.empty()) return BillTogether(tx);
    // Children first: what they owe is on their parents' invoices.
    for (const bool children : {true, false}) {
        for (const auto& [name, account] : accounts_) {
            if (account.profile.paid_by.has_value() == children)
                LIVERY_TRY(BillAccount(tx, account.profile.account));
        }
    }
    return {};
}

// As the daily job does: each order by itself; one that is refused goes on waiting.
void World::ActivateDue() {
    std::vector<orders::DueOrder> due;
    const auto read = Transact([&](db::Transaction& tx) -> Result<void> {
        due = orders_.Due(tx, now(), std::nullopt, std::numeric_limits<std::size_t>::max());
        return {};
    });
    if (!read) throw std::runtime_error("orders cannot be read: " + read.error().message);
    for (const orders::DueOrder& order : due) {
        static_cast<void>(Transact([&](db::Transaction& tx) -> Result<void> {
            LIVERY_TRY(orders_.ActivateWaiting(tx, order.id, now()));
            return {};
        }));
    }
}

// As the billing run does: all accounts of a range in one unit of work.
Result<void> World::BillTogether(db::Transaction& tx) {
    AccountId first = accounts_.begin()->second.profile.account;
    AccountId last = first;
    for (const auto& [name, account] : accounts_) {
        first = std::min(first, account.profile.account);
        last = std::max(last, account.profile.account);
    }
    invoices::AccountBatch batch(ports_, tx, {first, last}, now());
    invoices::Biller biller(batch.ports());
    for (const bool children : {true, false}) {
        for (const auto& [name, account] : accounts_) {
            if (account.profile.paid_by.has_value() == children)
                LIVERY_TRY(biller.Bill(tx, account.profile.account, now()));
        }
    }
    batch.Flush(tx);
    return {};
}

// What falls due between two midnights, in its order.
void World::RunUntil(CivilTime time) {
    while (due_ != nullptr) {
        const auto next = due_->Next();
        if (!next || *next > time) return;
        now_ = std::max(*now_, *next);
        due_->Run();
    }
}

void World::MoveTo(CivilTime time) {
    const auto bill = [&] {
        if (!tenant_.bills_by_itself) return;
        ActivateDue();
        const auto billed = Transact([&](db::Transaction& tx) { return BillAll(tx); });
        if (!billed) throw std::runtime_error("the billing run failed: " + billed.error().message);
    };
    if (!now_) now_ = time;
    CivilTime day = DayOf(*now_) + std::chrono::days(1);
    for (; day <= time; day += std::chrono::days(1)) {
        RunUntil(day);
        now_ = day;
        bill();
        if (due_ != nullptr) due_->BeginDay();
    }
    if (time > *now_) {
        RunUntil(time);
        now_ = time;
        bill();
    }
}

Result<void> World::At(CivilTime then, const std::function<Result<void>()>& work) {
    struct Clock {
        std::optional<CivilTime>& now;
        CivilTime kept;
        ~Clock() { now = kept; }
    } clock{now_, *now_};
    now_ = then;
    return work();
}

std::vector<subscriptions::Agreement> World::Agreements() const {
    return subscriptions::WithBases(store_.state().agreements, *catalog_);
}

const Document* World::FindDocument(InvoiceId id) const {
    for (const auto& [account, book] : store_.state().books) {
        if (const Document* document = book.Find(id)) return document;
    }
    return nullptr;
}

const Document* World::FindDocument(const std::string& number) const {
    for (const auto& [account, book] : store_.state().books) {
        for (const Document& document : book.documents()) {
            if (document.number == number && !number.empty()) return &document;
        }
    }
    return nullptr;
}

std::vector<InvoiceId> World::Finalized() const {
    std::vector<const Document*> final;
    for (const auto& [account, book] : store_.state().books) {
        for (const Document& document : book.documents()) {
            if (!document.number.empty()) final.push_back(&document);
        }
    }
    std::stable_sort(final.begin(), final.end(), [](const Document* a, const Document* b) {
        return std::tie(a->issued_at, a->id) < std::tie(b->issued_at, b->id);
    });
    std::vector<InvoiceId> ids;
    for (const Document* document : final) ids.push_back(document->id);
    return ids;
}

}  // namespace livery::golden

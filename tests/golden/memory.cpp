#include "memory.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/check.h>

namespace livery::golden {

using invoices::AccountBook;
using subscriptions::Agreement;

AccountBook MemoryStore::Load(db::Transaction&, AccountId account) {
    const auto found = state_.books.find(account);
    return found == state_.books.end() ? AccountBook(account) : found->second;
}

void MemoryStore::Save(db::Transaction&, const AccountBook& book) {
    AccountBook& kept = state_.books.insert_or_assign(book.account(), book).first->second;
    for (invoices::Document& document : kept.documents()) {
        if (document.WaitsForNumber()) document.number = NextNumber(document);
    }
}

std::vector<invoices::BilledLine> MemoryStore::ChargesOf(db::Transaction&,
                                                         SubscriptionId subscription,
                                                         const Span& span) {
    std::vector<invoices::BilledLine> charges;
    for (const auto& [account, book] : state_.books) {
        for (const invoices::BilledLine& billed : book.Billed(subscription)) {
            const bool overlaps = !Intersect(billed.line.covers, span).IsEmpty();
            if (overlaps && billed.line.kind == invoices::LineKind::kRecurring)
                charges.push_back(billed);
        }
    }
    return charges;
}

std::string MemoryStore::NextNumber(const invoices::Document& document) {
    const std::chrono::year_month_day issued(DayOf(document.issued_at));
    const int year = static_cast<int>(issued.year());
    const int number = ++state_.numbers[{document.kind, year}];
    const bool invoice = document.kind == invoices::DocumentKind::kInvoice;
    return fmt::format("{}-{}-{:06}", invoice ? "INV" : "CN", year, number);
}

std::optional<Agreement> MemoryStore::Find(db::Transaction&, SubscriptionId id) {
    for (const Agreement& agreement : state_.agreements) {
        if (agreement.id == id) return agreement;
    }
    return std::nullopt;
}

std::vector<Agreement> MemoryStore::OfAccount(db::Transaction&, AccountId account) {
    std::vector<Agreement> found;
    for (const Agreement& agreement : state_.agreements) {
        if (agreement.account == account) found.push_back(agreement);
    }
    return found;
}

std::vector<Agreement> MemoryStore::InRange(db::Transaction&, AccountId first, AccountId last) {
    std::vector<Agreement> found;
    for (const Agreement& agreement : state_.agreements) {
        if (first <= agreement.account && agreement.account <= last) found.push_back(agreement);
    }
    return found;
}

std::map<SubscriptionId, std::vector<subscriptions::UsageOfMeter>> MemoryStore::UsageInRange(
    db::Transaction&, AccountId, AccountId) {
    return state_.usage;
}

void MemoryStore::Save(db::Transaction&, const Agreement& agreement) {
    // As a database keeps it: what an add-on has of its base is not stored.
    Agreement kept = agreement;
    kept.from_base.reset();
    for (Agreement& other : state_.agreements) {
        if (other.id == kept.id) {
            other = std::move(kept);
            return;
        }
    }
    state_.agreements.push_back(std::move(kept));
}

std::vector<subscriptions::UsageOfMeter> MemoryStore::UsageOf(db::Transaction&, SubscriptionId id) {
    const auto found = state_.usage.find(id);
    return found == state_.usage.end() ? std::vector<subscriptions::UsageOfMeter>() : found->second;
}

void MemoryStore::AddUsage(db::Transaction&, SubscriptionId id, const std::string& meter,
                           const billing::Usage& usage) {
    auto& meters = state_.usage[id];
    for (subscriptions::UsageOfMeter& of : meters) {
        if (of.meter == meter) {
            of.records.push_back(usage);
            return;
        }
    }
    meters.push_back({meter, {usage}});
}

const orders::Order* MemoryStore::FindOrder(OrderId id) const {
    const auto found = std::find_if(state_.orders.begin(), state_.orders.end(),
                                    [&](const orders::Order& order) { return order.id == id; });
    return found == state_.orders.end() ? nullptr : &*found;
}

std::optional<orders::Order> MemoryStore::Find(db::Transaction&, OrderId id) {
    const orders::Order* found = FindOrder(id);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

std::vector<orders::DueOrder> MemoryStore::Due(db::Transaction&, CivilTime now,
                                               const std::optional<orders::DueOrder>& after,
                                               std::size_t most) {
    std::vector<orders::DueOrder> due;
    for (const orders::Order& order : state_.orders) {
        const orders::DueOrder each{order.activate_at, order.id};
        if (order.IsWaiting() && each.activate_at <= now && (!after || *after < each))
            due.push_back(each);
    }
    std::sort(due.begin(), due.end());
    due.resize(std::min(due.size(), most));
    return due;
}

void MemoryStore::Save(db::Transaction&, const orders::Order& order) {
    for (orders::Order& other : state_.orders) {
        if (other.id == order.id) {
            other = order;
            return;
        }
    }
    state_.orders.push_back(order);
}

std::vector<catalog::UsedVersion> MemoryStore::All(db::Transaction&) { return state_.used; }

void MemoryStore::Save(db::Transaction&, const catalog::UsedVersion& used) {
    for (catalog::UsedVersion& other : state_.used) {
        if (other.kind != used.kind || other.id != used.id || other.from != used.from) continue;
        other.sold_on = std::max(other.sold_on, used.sold_on);
        other.used_on = std::max(other.used_on, used.used_on);
        other.terms = used.terms;
        return;
    }
    state_.used.push_back(used);
}

void MemoryStore::Post(db::Transaction&, const std::vector<billing::JournalEntry>& entries) {
    for (const billing::JournalEntry& entry : entries) {
        LIVERY_CHECK(entry.IsBalanced(), "an entry that does not balance");
        state_.journal.push_back(entry);
    }
}

}  // namespace livery::golden

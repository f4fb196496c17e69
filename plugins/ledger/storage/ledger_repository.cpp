#include "storage/ledger_repository.h"

#include <livery/check.h>

#include "storage/ledger_accounts.h"

namespace livery::ledger {

namespace {

using billing::JournalEntry;
using billing::Posting;
using db::Statement;

constexpr Statement kInsertEntry{
    "ledger.insert_entry",
    "INSERT INTO ledger_entry (tenant_id, id, fact, document_id, booked_at) "
    "VALUES (:tenant, ?, ?, ?, ?)"};
constexpr Statement kInsertPosting{
    "ledger.insert_posting",
    "INSERT INTO ledger_posting (tenant_id, entry_id, position, account, customer_id, amount, "
    "currency) VALUES (:tenant, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kList{
    "ledger.list",
    "SELECT e.id, e.fact, e.document_id, e.booked_at, p.account, p.customer_id, p.amount, "
    "p.currency FROM ledger_entry e JOIN ledger_posting p ON p.tenant_id = e.tenant_id AND "
    "p.entry_id = e.id WHERE e.tenant_id = :tenant ORDER BY e.id, p.position"};

}  // namespace

void LedgerRepository::Post(db::Transaction& tx, const std::vector<JournalEntry>& entries) {
    db::Batch heads;
    db::Batch postings;
    for (const JournalEntry& entry : entries) {
        LIVERY_CHECK(entry.IsBalanced(), "an entry that does not balance");
        const JournalEntryId id(ids_.Next());
        heads.Add({id, entry.fact, entry.document, Instant(entry.at)});
        int position = 0;
        for (const Posting& posting : entry.postings) {
            postings.Add({id, position++, ToString(posting.account), posting.customer,
                          posting.amount.minor_units(), posting.amount.currency().code()});
        }
    }
    tx.ExecuteMany(kInsertEntry, heads);
    tx.ExecuteMany(kInsertPosting, postings);
}

std::vector<JournalEntry> LedgerRepository::List(db::Transaction& tx) {
    std::vector<JournalEntry> entries;
    Uuid last;
    for (const db::Row row : tx.Query(kList, {})) {
        if (entries.empty() || row.Id(0) != last) {
            last = row.Id(0);
            JournalEntry entry{std::string(row.Text(1)), std::nullopt, {}, {}};
            if (!row.IsNull(2)) entry.document = row.As<InvoiceId>(2);
            entry.at = std::chrono::floor<std::chrono::seconds>(row.Time(3));
            entries.push_back(std::move(entry));
        }
        Posting posting{AccountFrom(row.Text(4)), std::nullopt,
                        Money(row.Int64(6), *Currency::Parse(row.Text(7)))};
        if (!row.IsNull(5)) posting.customer = row.As<AccountId>(5);
        entries.back().postings.push_back(std::move(posting));
    }
    return entries;
}

}  // namespace livery::ledger

#include "storage/document_repository.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "storage/book_rows.h"
#include "storage/document_periods_repository.h"
#include "storage/set_off_repository.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Rows;
using db::Statement;

// After the columns of a document (18 of them): its amounts and the time that its lines cover.
#define INVOICES_LISTED_COLUMNS \
    INVOICES_SHORT_DOCUMENT_COLUMNS ", d.net, d.tax, d.covers_from, d.covers_to "
constexpr std::size_t kListedFrom = 18;

constexpr Statement kListOfTenant{
    "invoices.list_of_tenant",
    "SELECT " INVOICES_LISTED_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.number IS NOT NULL AND d.kind = ? "
    "AND d.id < ? AND (? IS NULL OR d.account_id = ?) ORDER BY d.id DESC LIMIT ?"};
constexpr Statement kOwnerOf{"invoices.owner_of",
                             "SELECT d.account_id FROM invoices_document d "
                             "WHERE d.tenant_id = :tenant AND d.id = ? AND d.number IS NOT NULL"};
constexpr Statement kFind{"invoices.find",
                          "SELECT " INVOICES_DOCUMENT_COLUMNS
                          "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = "
                          "? AND d.id = ? AND d.number IS NOT NULL"};
// Of one account's lines only, which is what there is a key for.
constexpr Statement kDocumentOfLine{
    "invoices.document_of_line",
    "SELECT document_id FROM invoices_line WHERE tenant_id = :tenant AND account_id = ? AND id = "
    "?"};
constexpr Statement kListPending{
    "invoices.list_pending",
    "SELECT " INVOICES_LISTED_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.status = "
    "'pending_tax' ORDER BY d.made_at DESC, d.id DESC LIMIT 100"};
constexpr Statement kFindPending{
    "invoices.find_pending",
    "SELECT " INVOICES_DOCUMENT_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.id = ? AND "
    "d.status = 'pending_tax'"};
// `by_number` finds what has none.
constexpr Statement kListDrafts{
    "invoices.list_drafts",
    "SELECT " INVOICES_LISTED_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.number IS NULL AND d.status IN "
    "('draft', 'pending_tax') AND d.id < ? AND (? IS NULL OR d.account_id = ?) ORDER BY d.id DESC "
    "LIMIT ?"};
constexpr Statement kOwnerOfDraft{
    "invoices.owner_of_draft",
    "SELECT d.account_id FROM invoices_document d WHERE d.tenant_id = :tenant AND d.id = ? AND "
    "d.number IS NULL AND d.status IN ('draft', 'pending_tax')"};
constexpr Statement kFindDraft{
    "invoices.find_draft",
    "SELECT " INVOICES_DOCUMENT_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.id = ? AND "
    "d.number IS NULL AND d.status IN ('draft', 'pending_tax')"};
constexpr Statement kLinesOf{"invoices.lines_of",
                             "SELECT " INVOICES_LINE_COLUMNS
                             "FROM invoices_line l WHERE l.tenant_id = :tenant AND l.account_id = "
                             "? AND l.document_id = ? ORDER BY l.position"};
constexpr Statement kInRange{
    "invoices.in_range",
    "SELECT " INVOICES_DOCUMENT_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.number IS NOT "
    "NULL AND d.issued_at >= ? AND d.issued_at < ? AND "
    "(? IS NULL OR (d.issued_at, d.id) > (SELECT c.issued_at, c.id FROM invoices_document c WHERE "
    "c.tenant_id = d.tenant_id AND c.account_id = d.account_id AND c.id = ?)) "
    "ORDER BY d.issued_at, d.id LIMIT ?"};
constexpr Statement kLinesFromTo{
    "invoices.lines_from_to",
    "SELECT " INVOICES_LINE_COLUMNS
    "FROM invoices_document d JOIN invoices_line l ON l.tenant_id = d.tenant_id AND l.document_id "
    "= d.id WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.number IS NOT NULL AND "
    "d.issued_at >= ? AND d.issued_at <= ? ORDER BY d.issued_at, d.id, l.position"};
// Found one by one by their key, so many in a query; what is left of the last one repeats an id.
constexpr std::size_t kNumbersAtOnce = 16;
constexpr Statement kNumbers{"invoices.numbers",
                             "SELECT id, number FROM invoices_document WHERE tenant_id = :tenant "
                             "AND account_id = ? AND number IS NOT NULL AND id IN (?, ?, ?, ?, ?, "
                             "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kNotesOn{
    "invoices.notes_on",
    "SELECT " INVOICES_LISTED_COLUMNS
    "FROM invoices_document d WHERE d.tenant_id = :tenant AND d.account_id = ? AND d.corrects_id = "
    "? AND d.number IS NOT NULL ORDER BY d.issued_at, d.id LIMIT 100"};
constexpr Statement kPaymentsOf{
    "invoices.payments_of",
    "SELECT " INVOICES_PAYMENT_COLUMNS
    "FROM invoices_payment p WHERE p.tenant_id = :tenant AND p.account_id = ? ORDER BY p.position"};
constexpr Statement kOfSubscription{
    "invoices.of_subscription",
    "SELECT " INVOICES_LISTED_COLUMNS
    ", s.covers_to FROM invoices_document d JOIN (SELECT document_id, MAX(IF(corrects_id IS NULL, "
    "covers_to, NULL)) AS covers_to FROM invoices_line WHERE tenant_id = :tenant AND "
    "subscription_id = ? GROUP BY document_id) s ON s.document_id = d.id WHERE d.tenant_id = "
    ":tenant AND d.account_id = ? AND (d.number IS NOT NULL OR d.status = 'pending_tax') "
    "ORDER BY COALESCE(d.issued_at, d.made_at) DESC, d.id DESC LIMIT 12"};
ListedDocument ListedOf(const Row& row) {
    Document document = DocumentOf(row);
    const Currency currency = document.currency;
    ListedDocument listed{std::move(document), Money(row.Int64(kListedFrom), currency),
                          Money(row.Int64(kListedFrom + 1), currency), std::nullopt};
    if (!row.IsNull(kListedFrom + 2))
        listed.period = {CivilOf(row.Time(kListedFrom + 2)), CivilOf(row.Time(kListedFrom + 3))};
    return listed;
}

void AddPeriods(db::Database& database, const TenantId& tenant, std::vector<ListedDocument>& all) {
    std::map<AccountId, std::vector<DocumentPeriodsRepository::Gap>> without;
    for (ListedDocument& listed : all) {
        if (!listed.period)
            without[listed.document.account].push_back({listed.document.id, &listed.period});
    }
    for (const auto& [account, gaps] : without)
        DocumentPeriodsRepository::Fill(database, tenant, account, gaps);
}

std::vector<ListedDocument> ListedOf(db::Database& database, const TenantId& tenant,
                                     const Rows& rows) {
    std::vector<ListedDocument> listed;
    listed.reserve(rows.size());
    for (const Row row : rows) listed.push_back(ListedOf(row));
    AddPeriods(database, tenant, listed);
    return listed;
}

std::optional<Document> WithLines(db::Database& database, const TenantId& tenant,
                                  const Statement& find, AccountId account, InvoiceId id) {
    const Rows found = database.Query(tenant, find, {account, id});
    if (found.empty()) return std::nullopt;
    Document document = DocumentOf(found[0]);
    for (const Row row : database.Query(tenant, kLinesOf, {account, id}))
        document.lines.push_back(LineOf(row));
    if (document.kind != DocumentKind::kCreditNote) return document;
    document.set_off = SetOffRepository::PartsOf(database, tenant, account, id);
    return document;
}

Uuid AfterAll() {
    Uuid last;
    last.bytes.fill(0xFF);
    return last;
}

TenantPage PageOfTenant(db::Database& database, const TenantId& tenant, std::size_t limit,
                        const Rows& rows) {
    return CutTo(limit, ListedOf(database, tenant, rows),
                 [](const ListedDocument& row) { return row.document.id; });
}

}  // namespace

TenantPage DocumentRepository::ListOfTenant(db::Database& database, const TenantId& tenant,
                                            const TenantQuery& query) {
    const Uuid before = query.before ? query.before->uuid() : AfterAll();
    return PageOfTenant(database, tenant, query.limit,
                        database.Query(tenant, kListOfTenant,
                                       {ToString(query.kind), before, query.account, query.account,
                                        query.limit + 1}));
}

TenantPage DocumentRepository::ListDrafts(db::Database& database, const TenantId& tenant,
                                          const DraftQuery& query) {
    const Uuid before = query.before ? query.before->uuid() : AfterAll();
    return PageOfTenant(database, tenant, query.limit,
                        database.Query(tenant, kListDrafts,
                                       {before, query.account, query.account, query.limit + 1}));
}

std::optional<Document> DocumentRepository::FindDraft(db::Database& database,
                                                      const TenantId& tenant, InvoiceId id) {
    const Rows owner = database.Query(tenant, kOwnerOfDraft, {id});
    if (owner.empty()) return std::nullopt;
    return WithLines(database, tenant, kFindDraft, owner[0].As<AccountId>(0), id);
}

std::optional<AccountId> DocumentRepository::OwnerOfDraft(db::Transaction& tx, InvoiceId id) {
    const Rows owner = tx.Query(kOwnerOfDraft, {id});
    return owner.empty() ? std::nullopt : std::optional(owner[0].As<AccountId>(0));
}

std::optional<Document> DocumentRepository::FindOfTenant(db::Database& database,
                                                         const TenantId& tenant, InvoiceId id) {
    const Rows owner = database.Query(tenant, kOwnerOf, {id});
    if (owner.empty()) return std::nullopt;
    return Find(database, tenant, owner[0].As<AccountId>(0), id);
}

std::optional<AccountId> DocumentRepository::OwnerOf(db::Transaction& tx, InvoiceId id) {
    const Rows owner = tx.Query(kOwnerOf, {id});
    return owner.empty() ? std::nullopt : std::optional(owner[0].As<AccountId>(0));
}

std::optional<Document> DocumentRepository::Find(db::Database& database, const TenantId& tenant,
                                                 AccountId account, InvoiceId id) {
    return WithLines(database, tenant, kFind, account, id);
}

std::optional<Document> DocumentRepository::FindByLine(db::Database& database,
                                                       const TenantId& tenant, AccountId account,
                                                       InvoiceLineId line) {
    const Rows found = database.Query(tenant, kDocumentOfLine, {account, line});
    if (found.empty()) return std::nullopt;
    return Find(database, tenant, account, found[0].As<InvoiceId>(0));
}

std::vector<ListedDocument> DocumentRepository::ListPending(db::Database& database,
                                                            const TenantId& tenant,
                                                            AccountId account) {
    return ListedOf(database, tenant, database.Query(tenant, kListPending, {account}));
}

std::optional<Document> DocumentRepository::FindPending(db::Database& database,
                                                        const TenantId& tenant, AccountId account,
                                                        InvoiceId id) {
    return WithLines(database, tenant, kFindPending, account, id);
}

std::vector<Document> DocumentRepository::InRange(db::Database& database, const TenantId& tenant,
                                                  AccountId account, const RangeQuery& query) {
    std::vector<Document> documents;
    const Instant end(query.last + std::chrono::days(1));
    for (const Row row : database.Query(
             tenant, kInRange,
             {account, Instant(query.first), end, query.after, query.after, query.limit}))
        documents.push_back(DocumentOf(row));
    if (documents.empty()) return documents;
    std::map<InvoiceId, Document*> places;
    for (Document& document : documents) places[document.id] = &document;
    for (const Row row : database.Query(tenant, kLinesFromTo,
                                        {account, Instant(documents.front().issued_at),
                                         Instant(documents.back().issued_at)})) {
        // Others of the same moment may lie outside of the page.
        const auto place = places.find(row.As<InvoiceId>(0));
        if (place != places.end()) place->second->lines.push_back(LineOf(row));
    }
    for (auto& [note, parts] :
         SetOffRepository::PartsFromTo(database, tenant, account,
                                       {documents.front().issued_at, documents.back().issued_at})) {
        const auto place = places.find(note);
        if (place != places.end()) place->second->set_off = std::move(parts);
    }
    return documents;
}

std::vector<ListedDocument> DocumentRepository::NotesOn(db::Database& database,
                                                        const TenantId& tenant, AccountId account,
                                                        InvoiceId invoice) {
    return ListedOf(database, tenant, database.Query(tenant, kNotesOn, {account, invoice}));
}

namespace {

using SomeIds = std::array<InvoiceId, kNumbersAtOnce>;

template <std::size_t... place>
Rows NumbersOfSome(db::Database& database, const TenantId& tenant, AccountId account,
                   const SomeIds& ids, std::index_sequence<place...>) {
    return database.Query(tenant, kNumbers, {account, ids[place]...});
}

}  // namespace

std::map<InvoiceId, std::string> DocumentRepository::NumbersOf(
    db::Database& database, const TenantId& tenant, AccountId account,
    const std::set<InvoiceId>& documents) {
    std::map<InvoiceId, std::string> numbers;
    for (auto next = documents.begin(); next != documents.end();) {
        SomeIds ids;
        ids.fill(*next);
        for (std::size_t i = 0; i < ids.size() && next != documents.end(); ++i) ids[i] = *next++;
        for (const Row row : NumbersOfSome(database, tenant, account, ids,
                                           std::make_index_sequence<kNumbersAtOnce>()))
            numbers.emplace(row.As<InvoiceId>(0), row.Text(1));
    }
    return numbers;
}

std::vector<Payment> DocumentRepository::Payments(db::Database& database, const TenantId& tenant,
                                                  AccountId account) {
    std::vector<Payment> payments;
    for (const Row row : database.Query(tenant, kPaymentsOf, {account}))
        payments.push_back(PaymentOf(row));
    return payments;
}

DocumentRepository::OfSubscription DocumentRepository::ListOfSubscription(
    db::Database& database, const TenantId& tenant, AccountId account,
    SubscriptionId subscription) {
    OfSubscription found;
    for (const Row row : database.Query(tenant, kOfSubscription, {subscription, account})) {
        found.documents.push_back(ListedOf(row));
        const std::size_t last = kListedFrom + 4;
        if (row.IsNull(last)) continue;
        const CivilTime to = CivilOf(row.Time(last));
        found.charged_through = std::max(found.charged_through.value_or(to), to);
    }
    AddPeriods(database, tenant, found.documents);
    return found;
}

}  // namespace livery::invoices

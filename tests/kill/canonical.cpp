#include "canonical.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <sodium.h>

namespace livery::kills {

namespace {

using db::Row;
using db::Statement;

constexpr Statement kSubscriptions{
    "kills.subscriptions",
    "SELECT id, account_id FROM subscriptions_agreement WHERE tenant_id = :tenant "
    "ORDER BY account_id, id"};
// Two documents of one account and day are told apart by what they say; only then by their age.
constexpr Statement kDocuments{
    "kills.documents",
    "SELECT d.id, d.account_id, d.made_at, d.currency, d.number FROM invoices_document d "
    "WHERE d.tenant_id = :tenant ORDER BY d.account_id, d.made_at, d.currency, d.kind, d.net, "
    "d.tax, (SELECT MIN(l.kind) FROM invoices_line l WHERE l.tenant_id = d.tenant_id AND "
    "l.document_id = d.id), d.id"};
constexpr Statement kLineIds{"kills.line_ids",
                             "SELECT id, document_id, position FROM invoices_line WHERE "
                             "tenant_id = :tenant"};

// A table and how its columns are read: i integer, b id, t text, d date, m moment.
struct Table {
    const char* name;
    Statement read;
    const char* kinds;
};
constexpr Table kTables[] = {
    {"account",
     {"kills.account",
      "SELECT account_id, redemptions FROM invoices_account WHERE tenant_id = :tenant"},
     "bt"},
    {"document",
     {"kills.document",
      "SELECT id, account_id, kind, status, currency, made_at, issued_at, due_on, corrects_id, "
      "report_currency, report_rate, net, tax, paid, refunded, account_credit, credited, "
      "written_off, live_to, buyer, covers_from, covers_to FROM invoices_document WHERE tenant_id "
      "= :tenant"},
     "bbtttmmdbttiiiiiiimtmm"},
    {"line",
     {"kills.line",
      "SELECT id, account_id, kind, subscription_id, charge, corrects_id, covers_from, covers_to, "
      "period_to, amount, discount, net, tax, currency, details FROM invoices_line WHERE "
      "tenant_id = :tenant"},
     "bbtbtbmmmiiiitt"},
    {"payment",
     {"kills.payment",
      "SELECT account_id, position, reference, paid_at, amount, currency, parts FROM "
      "invoices_payment WHERE tenant_id = :tenant"},
     "bitmitt"},
    {"credit",
     {"kills.credit",
      "SELECT account_id, currency, amount FROM invoices_credit WHERE tenant_id = :tenant"},
     "bti"},
    {"settled",
     {"kills.settled",
      "SELECT account_id, subscription_id, settled_to FROM invoices_settled WHERE tenant_id = "
      ":tenant"},
     "bbm"},
    {"set_off",
     {"kills.set_off",
      "SELECT account_id, note_id, position, invoice_id, amount FROM invoices_set_off WHERE "
      "tenant_id = :tenant"},
     "bbibi"},
    {"counter",
     {"kills.counter",
      "SELECT series, year, last_number FROM invoices_counter WHERE tenant_id = :tenant"},
     "tii"},
};
constexpr Statement kPostings{
    "kills.postings",
    "SELECT e.id, e.fact, e.document_id, e.booked_at, p.account, p.customer_id, p.amount, "
    "p.currency FROM ledger_entry e LEFT JOIN ledger_posting p ON p.tenant_id = e.tenant_id AND "
    "p.entry_id = e.id WHERE e.tenant_id = :tenant ORDER BY e.id, p.position"};

// What ids stand for.
class Names {
 public:
    void Add(const Uuid& id, std::string name) { names_[id] = std::move(name); }
    const std::string& Of(const Uuid& id) const { return names_.at(id); }

    // Ids as people read them, inside of a text: `inv_…`.
    std::string In(std::string_view text) const {
        constexpr std::size_t kPrefix = 4;
        constexpr std::size_t kDigits = 22;
        std::string named;
        while (!text.empty()) {
            const std::string_view digits =
                text.size() < kPrefix + kDigits ? "" : text.substr(kPrefix, kDigits);
            const auto id = text.size() > kPrefix && text[kPrefix - 1] == '_'
                                ? UuidFromBase58(digits)
                                : std::nullopt;
            const bool known = id && names_.contains(*id);
            named += known ? Of(*id) : std::string(text.substr(0, 1));
            text.remove_prefix(known ? kPrefix + kDigits : 1);
        }
        return named;
    }

 private:
    std::map<Uuid, std::string> names_;
};

std::string Cell(const Row& row, std::size_t column, char kind, const Names& names) {
    if (row.IsNull(column)) return "-";
    switch (kind) {
        case 'i':
            return std::to_string(row.Int64(column));
        case 'b':
            return names.Of(row.Id(column));
        case 'd':
            return ToIso(row.Date(column));
        case 'm':
            return ToIso(row.Time(column));
        default:
            return names.In(row.Text(column));
    }
}

void AppendCells(std::string& text, const Row& row, std::string_view kinds, std::size_t first,
                 const Names& names) {
    for (std::size_t i = first; i < kinds.size(); ++i) text += "|" + Cell(row, i, kinds[i], names);
}

Names ReadNames(db::Transaction& tx, const Shop& shop, Canonical& canonical) {
    Names names;
    for (std::size_t i = 0; i < shop.accounts(); ++i)
        names.Add(shop.At(i).uuid(), fmt::format("account {}", i));
    std::map<std::string, int> counts;
    const auto next = [&](std::string name) {
        const int count = ++counts[name];
        return fmt::format("{}/{}", std::move(name), count);
    };
    for (const Row row : tx.Query(kSubscriptions, {}))
        names.Add(row.Id(0), next(names.Of(row.Id(1)) + "/subscription"));
    for (const Row row : tx.Query(kDocuments, {})) {
        const std::string name = next(fmt::format("{}/{}/{}", names.Of(row.Id(1)),
                                                  ToIso(row.Time(2)).substr(0, 10), row.Text(3)));
        names.Add(row.Id(0), name);
        if (row.IsNull(4)) continue;
        canonical.numbers.emplace_back(row.Text(4));
        canonical.holders.push_back(fmt::format("{} is {}", row.Text(4), name));
    }
    for (const Row row : tx.Query(kLineIds, {}))
        names.Add(row.Id(0), fmt::format("{}#{}", names.Of(row.Id(1)), row.Int64(2)));
    return names;
}

// An entry with its postings is one row: its id stands for nothing else.
void AddEntries(db::Transaction& tx, const Names& names, std::vector<std::string>& rows) {
    constexpr std::string_view kKinds = "btbmtbit";
    constexpr std::size_t kPosting = 4;
    Uuid last;
    for (const Row row : tx.Query(kPostings, {})) {
        if (row.Id(0) != last) {
            rows.emplace_back("entry");
            AppendCells(rows.back(), row, kKinds.substr(0, kPosting), 1, names);
        }
        last = row.Id(0);
        AppendCells(rows.back(), row, kKinds, kPosting, names);
    }
}

}  // namespace

std::string Canonical::Hash() const {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (const auto* part : {&rows, &numbers, &holders}) {
        for (const std::string& row : *part) {
            const auto* bytes = reinterpret_cast<const unsigned char*>(row.c_str());
            crypto_hash_sha256_update(&state, bytes, row.size() + 1);  // with its NUL
        }
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    return fmt::format("{:02x}", fmt::join(hash, ""));
}

std::string Canonical::DifferenceTo(const Canonical& other) const {
    constexpr std::size_t kMost = 8;
    std::string text;
    for (const auto part : {&Canonical::rows, &Canonical::numbers, &Canonical::holders}) {
        for (const auto& [sign, from, to] : {std::tuple{'+', &(this->*part), &(other.*part)},
                                             {'-', &(other.*part), &(this->*part)}}) {
            std::vector<std::string> only;
            std::set_difference(from->begin(), from->end(), to->begin(), to->end(),
                                std::back_inserter(only));
            for (std::size_t i = 0; i < std::min(kMost, only.size()); ++i)
                text += fmt::format("  {} {}\n", sign, only[i]);
            if (only.size() > kMost)
                text += fmt::format("  {} and {} more\n", sign, only.size() - kMost);
        }
    }
    return text;
}

Canonical ReadCanonical(db::MariadbDatabase& database, const TenantId& tenant, const Shop& shop) {
    Canonical canonical;
    database.ReadSnapshot(tenant, [&](db::Transaction& tx) {
        canonical = {};
        const Names names = ReadNames(tx, shop, canonical);
        for (const Table& table : kTables) {
            for (const Row row : tx.Query(table.read, {})) {
                canonical.rows.emplace_back(table.name);
                AppendCells(canonical.rows.back(), row, table.kinds, 0, names);
            }
        }
        AddEntries(tx, names, canonical.rows);
    });
    for (auto* part : {&canonical.rows, &canonical.numbers, &canonical.holders})
        std::sort(part->begin(), part->end());
    return canonical;
}

}  // namespace livery::kills

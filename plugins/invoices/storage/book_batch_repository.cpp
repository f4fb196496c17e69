#include "storage/book_batch_repository.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/check.h>

#include "storage/book_repository.h"
#include "storage/book_rows.h"
#include "storage/line_json.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;

// Locks what is there. An account without a row was never saved: it gets one when it is, and if
// somebody else saves it meanwhile that is a duplicate, so nobody writes over what he never read.
constexpr Statement kAccountsInRange{
    "invoices.accounts_in_range",
    "SELECT account_id, redemptions FROM invoices_account WHERE tenant_id = :tenant AND account_id "
    "BETWEEN ? AND ? FOR UPDATE"};
// What is owed or being written, with the notes on it, and what has lines of a period that reaches
// to its account's last run or beyond it: what ended before that is not looked at again
// (domain/charging.h).
#define INVOICES_LIVE_DOCUMENTS                                                                  \
    "FROM invoices_document d LEFT JOIN (SELECT account_id, MIN(settled_to) AS settled_to FROM " \
    "invoices_settled WHERE tenant_id = :tenant AND account_id BETWEEN ? AND ? GROUP BY "        \
    "account_id) s ON s.account_id = d.account_id "
#define INVOICES_ARE_LIVE                                                                \
    "WHERE d.tenant_id = :tenant AND d.account_id BETWEEN ? AND ? AND (d.live_to >= "    \
    "DATE(s.settled_to) OR d.status IN ('draft', 'pending_tax', 'open', 'partly_paid') " \
    "OR EXISTS (SELECT 1 FROM invoices_document o WHERE o.tenant_id = d.tenant_id AND "  \
    "o.id = d.corrects_id AND o.status IN ('open', 'partly_paid'))) "
constexpr Statement kDocumentsInRange{
    "invoices.documents_in_range",
    "SELECT " INVOICES_DOCUMENT_COLUMNS INVOICES_LIVE_DOCUMENTS INVOICES_ARE_LIVE
    "ORDER BY d.account_id, d.id"};
constexpr Statement kLinesInRange{
    "invoices.lines_in_range",
    "SELECT " INVOICES_LINE_COLUMNS INVOICES_LIVE_DOCUMENTS
    "JOIN invoices_line l ON l.tenant_id = d.tenant_id AND l.document_id = d.id " INVOICES_ARE_LIVE
    "ORDER BY d.id, l.position"};
constexpr Statement kCreditInRange{
    "invoices.credit_in_range",
    "SELECT account_id, currency, amount FROM invoices_credit WHERE tenant_id = :tenant AND "
    "account_id BETWEEN ? AND ?"};
constexpr Statement kSettledInRange{
    "invoices.settled_in_range",
    "SELECT account_id, subscription_id, settled_to FROM invoices_settled WHERE tenant_id = "
    ":tenant AND account_id BETWEEN ? AND ?"};
// New rows are inserted and others updated: a row that may be either costs the server more.
constexpr Statement kAddDocument{
    "invoices.add_document",
    "INSERT INTO invoices_document (tenant_id, id, account_id, kind, status, number, currency, "
    "made_at, issued_at, due_on, corrects_id, report_currency, report_rate, net, tax, paid, "
    "refunded, account_credit, credited, written_off, live_to, buyer, covers_from, covers_to) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kChangeDocument{
    "invoices.change_document",
    "UPDATE invoices_document SET kind = ?, status = ?, number = ?, issued_at = ?, due_on = ?, "
    "report_currency = ?, report_rate = ?, net = ?, tax = ?, paid = ?, refunded = ?, "
    "account_credit = ?, credited = ?, written_off = ?, live_to = ?, buyer = ?, "
    "covers_from = ?, covers_to = ? WHERE tenant_id = :tenant AND id = ?"};
constexpr Statement kSaveLine{
    "invoices.save_line",
    "INSERT INTO invoices_line (tenant_id, document_id, position, id, account_id, kind, "
    "subscription_id, charge, corrects_id, covers_from, covers_to, period_to, amount, discount, "
    "net, tax, "
    "currency, details) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kDropLines{
    "invoices.drop_lines",
    "DELETE FROM invoices_line WHERE tenant_id = :tenant AND document_id = ?"};
constexpr Statement kAddSetOff{
    "invoices.add_set_off",
    "INSERT INTO invoices_set_off (tenant_id, account_id, note_id, position, invoice_id, amount) "
    "VALUES (:tenant, ?, ?, ?, ?, ?)"};
constexpr Statement kAddPayment{
    "invoices.add_payment",
    "INSERT INTO invoices_payment (tenant_id, account_id, position, reference, paid_at, amount, "
    "currency, parts) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kSaveCredit{
    "invoices.save_credit",
    "INSERT INTO invoices_credit (tenant_id, account_id, currency, amount) "
    "VALUES (:tenant, ?, ?, ?) ON DUPLICATE KEY UPDATE amount = VALUES(amount)"};
constexpr Statement kAddSettled{
    "invoices.add_settled",
    "INSERT INTO invoices_settled (tenant_id, account_id, subscription_id, settled_to) "
    "VALUES (:tenant, ?, ?, ?)"};
constexpr Statement kChangeSettled{
    "invoices.change_settled",
    "UPDATE invoices_settled SET settled_to = ? WHERE tenant_id = :tenant AND account_id = ? AND "
    "subscription_id = ?"};
constexpr Statement kAddAccount{
    "invoices.add_account",
    "INSERT INTO invoices_account (tenant_id, account_id, redemptions, version) VALUES (:tenant, "
    "?, ?, 0)"};
constexpr Statement kSaveRedemptions{
    "invoices.save_redemptions",
    "UPDATE invoices_account SET redemptions = ? WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kBeginSeries{
    "invoices.begin_series",
    "INSERT INTO invoices_counter (tenant_id, series, year, last_number) VALUES (:tenant, ?, ?, 0) "
    "ON DUPLICATE KEY UPDATE last_number = last_number"};
constexpr Statement kLastNumber{
    "invoices.last_number",
    "SELECT last_number FROM invoices_counter WHERE tenant_id = :tenant AND series = ? AND year = "
    "? FOR UPDATE"};
constexpr Statement kSetNumber{
    "invoices.set_number",
    "UPDATE invoices_counter SET last_number = ? WHERE tenant_id = :tenant AND series = ? AND year "
    "= ?"};

std::string_view SeriesOf(DocumentKind kind) {
    return kind == DocumentKind::kInvoice ? "INV" : "CN";
}

// Makes a second charge for the same thing and time impossible. What was given back may be charged
// again: each such line counts up.
std::optional<std::string> ChargeOf(const AccountBook& book, const Line& line) {
    if (!line.subscription || !line.key || line.corrects) return std::nullopt;
    int earlier = 0;
    for (const Document& document : book.documents()) {
        for (const Line& other : document.lines) {
            if (other.id < line.id && !other.corrects && other.subscription == line.subscription &&
                other.key == line.key && other.covers.from == line.covers.from)
                ++earlier;
        }
    }
    const billing::ChargeKey& key = *line.key;
    return fmt::format("{}/{}/{}/{}/{}/{}x{}/{}#{}", static_cast<int>(key.kind), key.plan,
                       key.phase, ToIso(key.version), key.meter, key.unit_price.ToString(),
                       key.quantity.ToString(), ToIso(line.covers.from), earlier);
}

// Until when a run looks at a document, whatever else: the end of its lines' last period.
CivilTime LiveTo(const Document& document) {
    CivilTime live{};
    for (const Line& line : document.lines) live = std::max(live, line.period.to);
    return live;
}

}  // namespace

void BookBatchRepository::Preload(db::Transaction& tx, const Range& range) {
    range_ = range;
    std::map<AccountId, AccountBook::Stored> stored;
    locked_.clear();
    for (const Row row : tx.Query(kAccountsInRange, {range.first, range.last})) {
        locked_.insert(row.As<AccountId>(0));
        stored[row.As<AccountId>(0)].redemptions = RedemptionsOf(row.Text(1));
    }
    for (const Row row : tx.Query(kSettledInRange, {range.first, range.last}))
        stored[row.As<AccountId>(0)].settled[row.As<SubscriptionId>(1)] = CivilOf(row.Time(2));
    std::map<InvoiceId, Document*> documents;
    for (const Row row :
         tx.Query(kDocumentsInRange, {range.first, range.last, range.first, range.last}))
        stored[row.As<AccountId>(0)].documents.push_back(DocumentOf(row));
    for (auto& [account, book] : stored) {
        for (Document& document : book.documents) documents[document.id] = &document;
    }
    for (const Row row :
         tx.Query(kLinesInRange, {range.first, range.last, range.first, range.last}))
        documents.at(row.As<InvoiceId>(0))->lines.push_back(LineOf(row));
    for (const Row row : tx.Query(kCreditInRange, {range.first, range.last})) {
        const Currency currency = *Currency::Parse(row.Text(1));
        stored[row.As<AccountId>(0)].credit.emplace(currency, Money(row.Int64(2), currency));
    }
    for (auto& [account, book] : stored)
        books_.insert_or_assign(account, AccountBook(account, std::move(book)));
}

AccountBook BookBatchRepository::Load(db::Transaction& tx, AccountId account) {
    const auto found = books_.find(account);
    if (found != books_.end()) return found->second;
    // A parent may lie outside of the range.
    return InRange(account) ? AccountBook(account) : BookRepository().Load(tx, account);
}

void BookBatchRepository::Save(db::Transaction&, const AccountBook& book) {
    books_.insert_or_assign(book.account(), book);
}

std::vector<BilledLine> BookBatchRepository::ChargesOf(db::Transaction& tx,
                                                       SubscriptionId subscription,
                                                       const Span& span) {
    return BookRepository().ChargesOf(tx, subscription, span);
}

std::string BookBatchRepository::NextNumber(db::Transaction& tx, DocumentKind kind, int year) {
    auto number = numbers_.find({kind, year});
    if (number == numbers_.end()) {
        // Held until the end of the unit of work: numbers have no gaps (NU-02).
        tx.Execute(kBeginSeries, {SeriesOf(kind), year});
        const auto last = tx.Query(kLastNumber, {SeriesOf(kind), year}).Only().Int64(0);
        number = numbers_.emplace(std::pair(kind, year), last).first;
    }
    return fmt::format("{}-{}-{:06}", SeriesOf(kind), year, ++number->second);
}

void BookBatchRepository::AddLines(const AccountBook& book, const Document& document) {
    int position = 0;
    for (const Line& line : document.lines) {
        lines_.Add({document.id, position++, line.id, document.account, ToString(line.kind),
                    line.subscription, ChargeOf(book, line), line.corrects,
                    MaybeInstant(line.covers.from), MaybeInstant(line.covers.to),
                    MaybeInstant(line.period.to), line.amount.minor_units(),
                    line.discount.minor_units(), line.net.minor_units(), line.Tax().minor_units(),
                    document.currency.code(), DetailsOf(line)});
    }
}

void BookBatchRepository::AddSetOff(const Document& document) {
    int position = 0;
    for (const SettledPart& part : document.set_off)
        set_off_.Add(
            {document.account, document.id, position++, part.invoice, part.amount.minor_units()});
}

namespace {

// What of a document can still change, as its columns take it. Owns the texts that it points to.
struct DocumentColumns {
    explicit DocumentColumns(const Document& document) {
        if (!document.number.empty()) number = document.number;
        if (document.report) {
            report_currency = document.report->currency.code();
            report_rate = document.report->rate.ToString();
        }
        if (document.due_on != Date{}) due_on = document.due_on;
        if (document.IsFinal()) buyer = TextOf(document.buyer);
        if (const auto period = document.Period()) {
            covers_from = Instant(period->from);
            covers_to = Instant(period->to);
        }
    }
    std::optional<std::string_view> number;
    std::optional<std::string_view> report_currency;
    std::optional<std::string> report_rate;
    std::optional<Date> due_on;
    std::optional<std::string> buyer;
    std::optional<Instant> covers_from;
    std::optional<Instant> covers_to;
};

}  // namespace

void BookBatchRepository::AddDocument(const Document& document) {
    const DocumentColumns columns(document);
    added_.Add({document.id,
                document.account,
                ToString(document.kind),
                ToString(document.status),
                columns.number,
                document.currency.code(),
                Instant(document.made_at),
                MaybeInstant(document.issued_at),
                columns.due_on,
                document.corrects,
                columns.report_currency,
                columns.report_rate,
                document.Net().minor_units(),
                document.Tax().minor_units(),
                document.paid.minor_units(),
                document.refunded.minor_units(),
                document.account_credit.minor_units(),
                document.credited.minor_units(),
                document.written_off.minor_units(),
                MaybeInstant(LiveTo(document)),
                columns.buyer,
                columns.covers_from,
                columns.covers_to});
}

void BookBatchRepository::ChangeDocument(const Document& document) {
    const DocumentColumns columns(document);
    changed_.Add({ToString(document.kind), ToString(document.status), columns.number,
                  MaybeInstant(document.issued_at), columns.due_on, columns.report_currency,
                  columns.report_rate, document.Net().minor_units(), document.Tax().minor_units(),
                  document.paid.minor_units(), document.refunded.minor_units(),
                  document.account_credit.minor_units(), document.credited.minor_units(),
                  document.written_off.minor_units(), MaybeInstant(LiveTo(document)), columns.buyer,
                  columns.covers_from, columns.covers_to, document.id});
}

void BookBatchRepository::AddRest(const AccountBook& book) {
    const AccountBook::Stored& before = book.stored();
    for (std::size_t i = before.payments.size(); i < book.payments().size(); ++i) {
        const Payment& payment = book.payments()[i];
        std::optional<std::string_view> reference;
        if (!payment.reference.empty()) reference = payment.reference;
        payments_.Add({book.account(), i, reference, Instant(payment.at),
                       payment.amount.minor_units(), payment.amount.currency().code(),
                       PartsOf(payment)});
    }
    for (const auto& [currency, amount] : book.credit()) {
        const auto old = before.credit.find(currency);
        if (old == before.credit.end() || old->second != amount)
            credit_.Add({book.account(), currency.code(), amount.minor_units()});
    }
    for (const auto& [subscription, to] : book.settled()) {
        const auto old = before.settled.find(subscription);
        if (old == before.settled.end()) {
            settled_.Add({book.account(), subscription, Instant(to)});
        } else if (old->second != to) {
            settled_later_.Add({Instant(to), book.account(), subscription});
        }
    }
}

void BookBatchRepository::AddAccount(const AccountBook& book) {
    // Whoever is loaded alone is locked, and has a row since.
    if (InRange(book.account()) && !locked_.contains(book.account())) {
        accounts_.Add({book.account(), TextOf(book.redemptions())});
    } else if (book.redemptions() != book.stored().redemptions) {
        redemptions_.Add({TextOf(book.redemptions()), book.account()});
    }
}

void BookBatchRepository::AddDocuments(const AccountBook& book) {
    const auto& before = book.stored().documents;
    for (const Document& document : book.documents()) {
        const auto old = std::find_if(before.begin(), before.end(), [&](const Document& other) {
            return other.id == document.id;
        });
        if (old == before.end()) {
            AddDocument(document);
            AddLines(book, document);
            AddSetOff(document);
            continue;
        }
        if (*old == document) continue;
        ChangeDocument(document);
        // Known since it is final, once and for all; not everybody loads it.
        if (!old->IsFinal()) AddSetOff(document);
        if (old->lines == document.lines) continue;
        // Only drafts change their lines.
        LIVERY_CHECK(!old->IsFinal(), "the lines of a final document changed");
        dropped_.Add({document.id});
        AddLines(book, document);
    }
}

void BookBatchRepository::DrawNumbers(db::Transaction& tx) {
    for (auto& [account, book] : books_) {
        for (Document& document : book.documents()) {
            if (!document.WaitsForNumber()) continue;
            const std::chrono::year_month_day issued(DayOf(document.issued_at));
            document.number = NextNumber(tx, document.kind, static_cast<int>(issued.year()));
        }
    }
}

void BookBatchRepository::Flush(db::Transaction& tx) {
    const auto send = [&](const Statement& statement, db::Batch& batch) {
        tx.ExecuteMany(statement, batch);
        batch.Clear();
    };
    // Accounts are locked before the counter, everywhere.
    for (const auto& [account, book] : books_) AddAccount(book);
    send(kAddAccount, accounts_);
    DrawNumbers(tx);
    for (const auto& [account, book] : books_) {
        AddDocuments(book);
        AddRest(book);
    }
    send(kAddDocument, added_);
    send(kChangeDocument, changed_);
    send(kDropLines, dropped_);
    send(kSaveLine, lines_);
    send(kAddSetOff, set_off_);
    send(kAddPayment, payments_);
    send(kSaveCredit, credit_);
    send(kAddSettled, settled_);
    send(kChangeSettled, settled_later_);
    send(kSaveRedemptions, redemptions_);
    for (const auto& [series, number] : numbers_)
        tx.Execute(kSetNumber, {number, SeriesOf(series.first), series.second});
    for (const auto& [account, book] : books_) {
        if (InRange(account)) locked_.insert(account);
    }
    numbers_.clear();
    books_.clear();
}

}  // namespace livery::invoices

#include "storage/book_repository.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <livery/check.h>

#include "storage/line_json.h"

namespace livery::invoices {

namespace {

using db::Row;
using db::Statement;
using nlohmann::json;

constexpr Statement kLock{
    "invoices.lock_account",
    "INSERT INTO invoices_account (tenant_id, account_id, redemptions, version) "
    "VALUES (:tenant, ?, '[]', 0) ON DUPLICATE KEY UPDATE version = version + 1"};
constexpr Statement kRedemptions{
    "invoices.redemptions",
    "SELECT redemptions FROM invoices_account WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kSaveRedemptions{
    "invoices.save_redemptions",
    "UPDATE invoices_account SET redemptions = ? WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kDocuments{
    "invoices.documents",
    "SELECT id, kind, status, number, currency, made_at, issued_at, due_on, corrects_id, "
    "report_currency, report_rate, paid, refunded, account_credit, credited, written_off "
    "FROM invoices_document WHERE tenant_id = :tenant AND account_id = ? ORDER BY id"};
constexpr Statement kSaveDocument{
    "invoices.save_document",
    "INSERT INTO invoices_document (tenant_id, id, account_id, kind, status, number, currency, "
    "made_at, issued_at, due_on, corrects_id, report_currency, report_rate, net, tax, paid, "
    "refunded, account_credit, credited, written_off) "
    "VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE kind = VALUES(kind), status = VALUES(status), number = "
    "VALUES(number), issued_at = VALUES(issued_at), due_on = VALUES(due_on), report_currency = "
    "VALUES(report_currency), report_rate = VALUES(report_rate), net = VALUES(net), tax = "
    "VALUES(tax), paid = VALUES(paid), refunded = VALUES(refunded), account_credit = "
    "VALUES(account_credit), credited = VALUES(credited), written_off = VALUES(written_off)"};
constexpr Statement kLines{
    "invoices.lines",
    "SELECT document_id, id, kind, subscription_id, corrects_id, covers_from, covers_to, amount, "
    "discount, net, currency, details FROM invoices_line "
    "WHERE tenant_id = :tenant AND account_id = ? ORDER BY document_id, position"};
constexpr Statement kSaveLine{
    "invoices.save_line",
    "INSERT INTO invoices_line (tenant_id, document_id, position, id, account_id, kind, "
    "subscription_id, charge, corrects_id, covers_from, covers_to, amount, discount, net, tax, "
    "currency, details) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kDropLines{
    "invoices.drop_lines",
    "DELETE FROM invoices_line WHERE tenant_id = :tenant AND document_id = ?"};
constexpr Statement kPayments{
    "invoices.payments",
    "SELECT reference, paid_at, amount, currency, parts FROM invoices_payment "
    "WHERE tenant_id = :tenant AND account_id = ? ORDER BY position"};
constexpr Statement kAddPayment{
    "invoices.add_payment",
    "INSERT INTO invoices_payment (tenant_id, account_id, position, reference, paid_at, amount, "
    "currency, parts) VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?)"};
constexpr Statement kCredit{
    "invoices.credit",
    "SELECT currency, amount FROM invoices_credit WHERE tenant_id = :tenant AND account_id = ?"};
constexpr Statement kSaveCredit{
    "invoices.save_credit",
    "INSERT INTO invoices_credit (tenant_id, account_id, currency, amount) "
    "VALUES (:tenant, ?, ?, ?) ON DUPLICATE KEY UPDATE amount = VALUES(amount)"};
constexpr Statement kSettled{
    "invoices.settled",
    "SELECT subscription_id, settled_to FROM invoices_settled WHERE tenant_id = :tenant AND "
    "account_id = ?"};
constexpr Statement kSaveSettled{
    "invoices.save_settled",
    "INSERT INTO invoices_settled (tenant_id, account_id, subscription_id, settled_to) "
    "VALUES (:tenant, ?, ?, ?) ON DUPLICATE KEY UPDATE settled_to = VALUES(settled_to)"};
constexpr Statement kCount{
    "invoices.count",
    "INSERT INTO invoices_counter (tenant_id, series, year, last_number) VALUES (:tenant, ?, ?, 1) "
    "ON DUPLICATE KEY UPDATE last_number = last_number + 1"};
constexpr Statement kLastNumber{
    "invoices.last_number",
    "SELECT last_number FROM invoices_counter WHERE tenant_id = :tenant AND series = ? AND year = "
    "? FOR UPDATE"};

CivilTime CivilOf(Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); }

std::optional<Instant> MaybeInstant(CivilTime time) {
    if (time == CivilTime{}) return std::nullopt;
    return Instant(time);
}

DocumentKind KindFrom(std::string_view text) {
    return text == ToString(DocumentKind::kInvoice) ? DocumentKind::kInvoice
                                                    : DocumentKind::kCreditNote;
}

Status StatusFrom(std::string_view text) {
    for (const Status status :
         {Status::kDraft, Status::kPendingTax, Status::kOpen, Status::kPartlyPaid, Status::kPaid,
          Status::kVoid, Status::kWrittenOff}) {
        if (ToString(status) == text) return status;
    }
    LIVERY_CHECK(false, "a status that nobody knows");
}

Document DocumentOf(const Row& row, AccountId account) {
    const Currency currency = *Currency::Parse(row.Text(4));
    Document document =
        Document::Draft(row.As<InvoiceId>(0), account, currency, CivilOf(row.Time(5)));
    document.kind = KindFrom(row.Text(1));
    document.status = StatusFrom(row.Text(2));
    document.number = row.MaybeText(3).value_or("");
    if (!row.IsNull(6)) document.issued_at = CivilOf(row.Time(6));
    if (!row.IsNull(7)) document.due_on = row.Date(7);
    if (!row.IsNull(8)) document.corrects = row.As<InvoiceId>(8);
    if (!row.IsNull(9))
        document.report = {*Currency::Parse(row.Text(9)), *Decimal::Parse(row.Text(10))};
    document.paid = Money(row.Int64(11), currency);
    document.refunded = Money(row.Int64(12), currency);
    document.account_credit = Money(row.Int64(13), currency);
    document.credited = Money(row.Int64(14), currency);
    document.written_off = Money(row.Int64(15), currency);
    return document;
}

Line LineOf(const Row& row) {
    const Currency currency = *Currency::Parse(row.Text(10));
    const auto kind = LineKindFrom(row.Text(2));
    LIVERY_CHECK(kind.has_value(), "a kind of line that nobody knows");
    Line line = Line::Of(*kind, Money(row.Int64(7), currency));
    line.id = row.As<InvoiceLineId>(1);
    if (!row.IsNull(3)) line.subscription = row.As<SubscriptionId>(3);
    if (!row.IsNull(4)) line.corrects = row.As<InvoiceLineId>(4);
    if (!row.IsNull(5)) line.covers.from = CivilOf(row.Time(5));
    if (!row.IsNull(6)) line.covers.to = CivilOf(row.Time(6));
    line.discount = Money(row.Int64(8), currency);
    line.net = Money(row.Int64(9), currency);
    ReadDetails(row.Text(11), line);
    return line;
}

std::vector<Payment> PaymentsOf(db::Transaction& tx, AccountId account) {
    std::vector<Payment> payments;
    for (const Row row : tx.Query(kPayments, {account})) {
        const Currency currency = *Currency::Parse(row.Text(3));
        Payment payment{
            row.MaybeText(0).value_or(""), CivilOf(row.Time(1)), Money(row.Int64(2), currency), {}};
        for (const json& part : json::parse(row.Text(4))) {
            const auto id = InvoiceId::Parse(part.at("invoice").get<std::string>());
            LIVERY_CHECK(id.has_value(), "a stored id that is none");
            payment.parts.push_back({*id, Money(part.at("amount").get<std::int64_t>(), currency)});
        }
        payments.push_back(std::move(payment));
    }
    return payments;
}

std::vector<Redemption> RedemptionsOf(std::string_view text) {
    std::vector<Redemption> redemptions;
    for (const json& node : json::parse(text)) {
        Redemption redemption{node.at("coupon"), std::nullopt, std::nullopt};
        if (node.contains("subscription"))
            redemption.subscription =
                SubscriptionId::Parse(node.at("subscription").get<std::string>());
        if (node.contains("left")) redemption.left = node.at("left").get<int>();
        redemptions.push_back(std::move(redemption));
    }
    return redemptions;
}

std::string TextOf(const std::vector<Redemption>& redemptions) {
    json list = json::array();
    for (const Redemption& redemption : redemptions) {
        json node{{"coupon", redemption.coupon}};
        if (redemption.subscription) node["subscription"] = redemption.subscription->ToString();
        if (redemption.left) node["left"] = *redemption.left;
        list.push_back(std::move(node));
    }
    return list.dump();
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

void SaveLines(db::Transaction& tx, const AccountBook& book, const Document& document) {
    int position = 0;
    for (const Line& line : document.lines) {
        const std::string details = DetailsOf(line);
        const auto charge = ChargeOf(book, line);
        tx.Execute(
            kSaveLine,
            {document.id, position++, line.id, document.account, ToString(line.kind),
             line.subscription, charge, line.corrects, MaybeInstant(line.covers.from),
             MaybeInstant(line.covers.to), line.amount.minor_units(), line.discount.minor_units(),
             line.net.minor_units(), line.Tax().minor_units(), document.currency.code(), details});
    }
}

void SaveDocument(db::Transaction& tx, const Document& document) {
    std::optional<std::string> number;
    if (!document.number.empty()) number = document.number;
    std::optional<std::string_view> report_currency;
    std::optional<std::string> report_rate;
    if (document.report) {
        report_currency = document.report->currency.code();
        report_rate = document.report->rate.ToString();
    }
    std::optional<Date> due_on;
    if (document.due_on != Date{}) due_on = document.due_on;
    tx.Execute(
        kSaveDocument,
        {document.id, document.account, ToString(document.kind), ToString(document.status), number,
         document.currency.code(), Instant(document.made_at), MaybeInstant(document.issued_at),
         due_on, document.corrects, report_currency, report_rate, document.Net().minor_units(),
         document.Tax().minor_units(), document.paid.minor_units(), document.refunded.minor_units(),
         document.account_credit.minor_units(), document.credited.minor_units(),
         document.written_off.minor_units()});
}

void SavePayments(db::Transaction& tx, const AccountBook& book) {
    for (std::size_t i = book.stored().payments.size(); i < book.payments().size(); ++i) {
        const Payment& payment = book.payments()[i];
        json parts = json::array();
        for (const Payment::Part& part : payment.parts)
            parts.push_back(
                {{"invoice", part.invoice.ToString()}, {"amount", part.amount.minor_units()}});
        const std::string text = parts.dump();
        std::optional<std::string> reference;
        if (!payment.reference.empty()) reference = payment.reference;
        tx.Execute(kAddPayment,
                   {book.account(), i, reference, Instant(payment.at), payment.amount.minor_units(),
                    payment.amount.currency().code(), text});
    }
}

}  // namespace

AccountBook BookRepository::Load(db::Transaction& tx, AccountId account) {
    tx.Execute(kLock, {account});
    AccountBook::Stored stored;
    stored.redemptions = RedemptionsOf(tx.Query(kRedemptions, {account}).Only().Text(0));
    std::map<InvoiceId, std::size_t> places;
    for (const Row row : tx.Query(kDocuments, {account})) {
        places[row.As<InvoiceId>(0)] = stored.documents.size();
        stored.documents.push_back(DocumentOf(row, account));
    }
    for (const Row row : tx.Query(kLines, {account}))
        stored.documents[places.at(row.As<InvoiceId>(0))].lines.push_back(LineOf(row));
    stored.payments = PaymentsOf(tx, account);
    for (const Row row : tx.Query(kCredit, {account})) {
        const Currency currency = *Currency::Parse(row.Text(0));
        stored.credit.emplace(currency, Money(row.Int64(1), currency));
    }
    for (const Row row : tx.Query(kSettled, {account}))
        stored.settled[row.As<SubscriptionId>(0)] = CivilOf(row.Time(1));
    return {account, std::move(stored)};
}

void BookRepository::Save(db::Transaction& tx, const AccountBook& book) {
    const AccountBook::Stored& before = book.stored();
    for (const Document& document : book.documents()) {
        const auto old =
            std::find_if(before.documents.begin(), before.documents.end(),
                         [&](const Document& other) { return other.id == document.id; });
        const bool fresh = old == before.documents.end();
        if (!fresh && *old == document) continue;
        SaveDocument(tx, document);
        if (!fresh && old->lines == document.lines) continue;
        // Only drafts change their lines.
        LIVERY_CHECK(fresh || !old->IsFinal(), "the lines of a final document changed");
        if (!fresh) tx.Execute(kDropLines, {document.id});
        SaveLines(tx, book, document);
    }
    SavePayments(tx, book);
    for (const auto& [currency, amount] : book.credit()) {
        const auto old = before.credit.find(currency);
        if (old == before.credit.end() || old->second != amount)
            tx.Execute(kSaveCredit, {book.account(), currency.code(), amount.minor_units()});
    }
    for (const auto& [subscription, to] : book.settled()) {
        const auto old = before.settled.find(subscription);
        if (old == before.settled.end() || old->second != to)
            tx.Execute(kSaveSettled, {book.account(), subscription, Instant(to)});
    }
    if (book.redemptions() != before.redemptions) {
        const std::string text = TextOf(book.redemptions());
        tx.Execute(kSaveRedemptions, {text, book.account()});
    }
}

std::string BookRepository::NextNumber(db::Transaction& tx, DocumentKind kind, int year) {
    const std::string_view series = kind == DocumentKind::kInvoice ? "INV" : "CN";
    tx.Execute(kCount, {series, year});
    const std::int64_t number = tx.Query(kLastNumber, {series, year}).Only().Int64(0);
    return fmt::format("{}-{}-{:06}", series, year, number);
}

}  // namespace livery::invoices

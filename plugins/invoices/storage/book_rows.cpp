#include "storage/book_rows.h"

#include <array>

#include <livery/check.h>
#include <livery/db/json_text.h>

#include "storage/line_json.h"

namespace livery::invoices {

using db::JsonNode;
using db::JsonText;
using db::JsonWriter;
using db::Row;

namespace {

// In their order: what is stored once is read for as long as the law asks.
constexpr std::array kBuyerFields{&Buyer::name, &Buyer::line1,  &Buyer::line2,   &Buyer::postcode,
                                  &Buyer::city, &Buyer::region, &Buyer::country, &Buyer::vat_id};

Buyer BuyerOf(std::string_view text) {
    Buyer buyer;
    const JsonText read(text);
    const JsonNode fields = read.root();
    for (std::size_t i = 0; i < kBuyerFields.size() && i < fields.size(); ++i)
        buyer.*kBuyerFields[i] = fields[i].Text();
    return buyer;
}

}  // namespace

std::string TextOf(const Buyer& buyer) {
    JsonWriter json;
    json.BeginArray();
    for (const auto field : kBuyerFields) json.Add(buyer.*field);
    return json.EndArray().Text();
}

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

Document DocumentOf(const Row& row) {
    const Currency currency = *Currency::Parse(row.Text(5));
    Document document =
        Document::Draft(row.As<InvoiceId>(1), row.As<AccountId>(0), currency, CivilOf(row.Time(6)));
    document.kind = KindFrom(row.Text(2));
    document.status = StatusFrom(row.Text(3));
    document.number = row.MaybeText(4).value_or("");
    if (!row.IsNull(7)) document.issued_at = CivilOf(row.Time(7));
    if (!row.IsNull(8)) document.due_on = row.Date(8);
    if (!row.IsNull(9)) document.corrects = row.As<InvoiceId>(9);
    if (!row.IsNull(10))
        document.report = {*Currency::Parse(row.Text(10)), *Decimal::Parse(row.Text(11))};
    document.paid = Money(row.Int64(12), currency);
    document.refunded = Money(row.Int64(13), currency);
    document.account_credit = Money(row.Int64(14), currency);
    document.credited = Money(row.Int64(15), currency);
    document.written_off = Money(row.Int64(16), currency);
    if (!row.IsNull(17)) document.buyer = BuyerOf(row.Text(17));
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

std::vector<Redemption> RedemptionsOf(std::string_view text) {
    std::vector<Redemption> redemptions;
    if (text == "[]") return redemptions;
    const JsonText read(text);
    for (std::size_t i = 0; i < read.root().size(); ++i) {
        const JsonNode node = read.root()[i];
        Redemption redemption{std::string(node["coupon"].Text()), std::nullopt, std::nullopt};
        if (node.Has("subscription"))
            redemption.subscription = SubscriptionId::Parse(node["subscription"].Text());
        if (node.Has("left")) redemption.left = static_cast<int>(node["left"].Int());
        redemptions.push_back(std::move(redemption));
    }
    return redemptions;
}

std::string TextOf(const std::vector<Redemption>& redemptions) {
    JsonWriter json;
    json.BeginArray();
    for (const Redemption& redemption : redemptions) {
        json.BeginObject().Set("coupon", redemption.coupon);
        if (redemption.subscription) json.Set("subscription", redemption.subscription->ToString());
        if (redemption.left) json.Set("left", *redemption.left);
        json.EndObject();
    }
    return json.EndArray().Text();
}

Payment PaymentOf(const Row& row) {
    const Currency currency = *Currency::Parse(row.Text(4));
    Payment payment{
        row.MaybeText(1).value_or(""), CivilOf(row.Time(2)), Money(row.Int64(3), currency), {}};
    const JsonText read(row.Text(5));
    for (std::size_t i = 0; i < read.root().size(); ++i) {
        const JsonNode part = read.root()[i];
        const auto id = InvoiceId::Parse(part["invoice"].Text());
        LIVERY_CHECK(id.has_value(), "a stored id that is none");
        payment.parts.push_back({*id, Money(part["amount"].Int(), currency)});
    }
    return payment;
}

std::string PartsOf(const Payment& payment) {
    JsonWriter json;
    json.BeginArray();
    for (const SettledPart& part : payment.parts) {
        json.BeginObject().Set("invoice", part.invoice.ToString());
        json.Set("amount", part.amount.minor_units()).EndObject();
    }
    return json.EndArray().Text();
}

}  // namespace livery::invoices

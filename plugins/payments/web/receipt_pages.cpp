#include "web/receipt_pages.h"

#include <livery/http/page_routes.h>

#include "storage/refund_repository.h"
#include "web/payment_text.h"
#include "web/their_payment.h"

namespace livery::payments {

namespace {

std::vector<std::string> PayerOf(const BillingProfile& profile) {
    std::vector<std::string> lines;
    const std::string city = profile.place.postcode + " " + profile.city;
    for (const std::string& line :
         {profile.name, profile.line1, profile.line2, city, profile.place.country}) {
        if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(line);
    }
    return lines;
}

std::string NumbersOf(const Payment& payment) {
    std::string numbers;
    for (const Share& part : payment.parts) {
        if (!part.number.empty()) numbers += (numbers.empty() ? "" : ", ") + part.number;
    }
    return numbers;
}

// What the papers of payments and of refunds differ in.
struct Paper {
    std::string number;
    std::string party;  // what the payer is called: whom it came from, or went to
    std::string what;
    std::string reference;
    std::string total;  // what the amount is called
    Money amount;
    std::string note;
    Instant at;
};

Document Written(const Paper& paper, const Payment& payment, const std::vector<std::string>& payer,
                 const Tenant& tenant, const Formatter& t) {
    Document sheet;
    sheet.language = t.language();
    sheet.direction =
        t.right_to_left() ? Document::Direction::kRightToLeft : Document::Direction::kLeftToRight;
    sheet.brand = {tenant.name, tenant.logo_svg, tenant.brand_color, {tenant.name}};
    sheet.title = t.Text("list.receipt") + " " + paper.number;
    sheet.blocks.push_back({paper.party, payer, {}});
    sheet.blocks.push_back({"",
                            {},
                            {{t.Text("list.date"), t.Day(t.DayOf(paper.at))},
                             {t.Text("list.what"), paper.what},
                             {t.Text("detail.reference"), paper.reference}}});
    const std::string numbers = NumbersOf(payment);
    if (!numbers.empty()) sheet.blocks.back().facts.push_back({t.Text("detail.invoice"), numbers});
    sheet.totals.push_back({paper.total, t.Amount(paper.amount), Document::RowKind::kTotal});
    if (!paper.note.empty()) sheet.notes.push_back({"", paper.note});
    sheet.footer = {{tenant.name}, {tenant.support_email}};
    sheet.author = tenant.name;
    sheet.subject = sheet.title;
    sheet.created = paper.at;
    return sheet;
}

}  // namespace

Document ReceiptOf(const Payment& payment, const std::vector<std::string>& payer,
                   const Tenant& tenant, const Formatter& t) {
    const std::string what =
        t.Text(payment.instance.empty() ? "origin.by_hand"
                                        : "origin." + std::string(ToString(payment.origin)));
    return Written({payment.receipt, t.Text("receipt.from"), what, payment.reference,
                    t.Text("receipt.received"), payment.processed.value_or(payment.amount),
                    t.Text("receipt.thanks"), payment.began_at},
                   payment, payer, tenant, t);
}

Document ReceiptOf(const Refund& refund, const Payment& payment,
                   const std::vector<std::string>& payer, const Tenant& tenant,
                   const Formatter& t) {
    return Written({refund.receipt, t.Text("receipt.to"),
                    t.Text("refund_kind." + std::string(ToString(refund.kind))), refund.reference,
                    t.Text("receipt.paid_back"), refund.amount, "", refund.began_at},
                   payment, payer, tenant, t);
}

std::vector<std::string> ReceiptPages::Payer(const RequestContext& r) const {
    std::vector<std::string> payer;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        const auto profile = profiles_.Of(tx, AccountOf(r));
        payer = profile ? PayerOf(*profile) : std::vector<std::string>();
    });
    return payer;
}

Result<Reply> ReceiptPages::Printed(const Document& sheet, const std::string& number) const {
    Response response{.content_type = "application/pdf"};
    response.body = LIVERY_TRY(renderer_.Render(sheet));
    response.headers.Set("Content-Disposition", "inline; filename=\"" + number + ".pdf\"");
    return response;
}

Result<Reply> ReceiptPages::Show(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(database_, r));
    if (payment.receipt.empty()) return NotFound("there is no receipt of it");
    return Printed(ReceiptOf(payment, Payer(r), r.tenant(), r.format()), payment.receipt);
}

Result<Reply> ReceiptPages::ShowRefund(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(database_, r));
    const RefundId id = LIVERY_TRY(r.PathId<RefundId>("refund"));
    for (const Refund& refund : RefundRepository::OfPayment(database_, r.tenant().id, payment.id)) {
        if (refund.id != id || refund.receipt.empty()) continue;
        return Printed(ReceiptOf(refund, payment, Payer(r), r.tenant(), r.format()),
                       refund.receipt);
    }
    return NotFound("there is no receipt of it");
}

void ReceiptPages::AddTo(Registrar& registrar) {
    PageRoutes<ReceiptPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/payments/:id/receipt", &ReceiptPages::Show,
               "The receipt of a payment", RateClass::kForm);
    routes.Get(Access::kSignedIn, "/payments/:id/refunds/:refund/receipt",
               &ReceiptPages::ShowRefund, "The receipt of a refund", RateClass::kForm);
}

}  // namespace livery::payments

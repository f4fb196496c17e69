#include "web/receipt_pages.h"

#include <livery/http/page_routes.h>

#include "storage/payment_repository.h"
#include "web/payment_text.h"

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

}  // namespace

Document ReceiptOf(const Payment& payment, const std::vector<std::string>& payer,
                   const Tenant& tenant, const Formatter& t) {
    const Money taken = payment.processed.value_or(payment.amount);
    Document sheet;
    sheet.language = t.language();
    sheet.direction =
        t.right_to_left() ? Document::Direction::kRightToLeft : Document::Direction::kLeftToRight;
    sheet.brand = {tenant.name, tenant.logo_svg, tenant.brand_color, {tenant.name}};
    sheet.title = t.Text("list.receipt") + " " + payment.receipt;
    sheet.blocks.push_back({t.Text("receipt.from"), payer, {}});
    sheet.blocks.push_back(
        {"",
         {},
         {{t.Text("list.date"), t.Day(t.DayOf(payment.began_at))},
          {t.Text("list.what"),
           t.Text(payment.instance.empty() ? "origin.by_hand"
                                           : "origin." + std::string(ToString(payment.origin)))},
          {t.Text("detail.reference"), payment.reference}}});
    sheet.totals.push_back(
        {t.Text("receipt.received"), t.Amount(taken), Document::RowKind::kTotal});
    sheet.notes.push_back({"", t.Text("receipt.thanks")});
    sheet.footer = {{tenant.name}, {tenant.support_email}};
    sheet.author = tenant.name;
    sheet.subject = sheet.title;
    sheet.created = payment.began_at;
    return sheet;
}

Result<Reply> ReceiptPages::Show(const RequestContext& r) const {
    const PaymentId id = LIVERY_TRY(r.PathId<PaymentId>("id"));
    const auto payment = PaymentRepository::Find(database_, r.tenant().id, id);
    if (!payment || payment->account != AccountOf(r) || payment->receipt.empty())
        return NotFound("not there, or not theirs");
    std::vector<std::string> payer;
    database_.Transact(r.tenant().id, [&](db::Transaction& tx) {
        const auto profile = profiles_.Of(tx, payment->account);
        payer = profile ? PayerOf(*profile) : std::vector<std::string>();
    });
    Response response{.content_type = "application/pdf"};
    response.body =
        LIVERY_TRY(renderer_.Render(ReceiptOf(*payment, payer, r.tenant(), r.format())));
    response.headers.Set("Content-Disposition",
                         "inline; filename=\"" + payment->receipt + ".pdf\"");
    return response;
}

void ReceiptPages::AddTo(Registrar& registrar) {
    PageRoutes<ReceiptPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, "/payments/:id/receipt", &ReceiptPages::Show,
               "The receipt of a payment", RateClass::kForm);
}

}  // namespace livery::payments

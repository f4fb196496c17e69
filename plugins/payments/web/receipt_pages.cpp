#include "web/receipt_pages.h"

#include <livery/http/page_routes.h>

#include "storage/refund_repository.h"
#include "web/their_payment.h"

namespace livery::payments {

namespace {

Response Printed(Receipts::Paper paper) {
    Response response{.content_type = "application/pdf"};
    response.body = std::move(paper.pdf);
    response.headers.Set("Content-Disposition", "inline; filename=\"" + paper.number + ".pdf\"");
    return response;
}

}  // namespace

Result<Reply> ReceiptPages::Show(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(database_, r));
    return Printed(LIVERY_TRY(receipts_.Of(r.tenant(), r.format(), payment)));
}

Result<Reply> ReceiptPages::ShowRefund(const RequestContext& r) const {
    const Payment payment = LIVERY_TRY(TheirPayment(database_, r));
    const RefundId id = LIVERY_TRY(r.PathId<RefundId>("refund"));
    for (const Refund& refund : RefundRepository::OfPayment(database_, r.tenant().id, payment.id)) {
        if (refund.id == id)
            return Printed(LIVERY_TRY(receipts_.Of(r.tenant(), r.format(), refund, payment)));
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

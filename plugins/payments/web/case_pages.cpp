#include "web/case_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "app/cases.h"
#include "web/case_forms.h"
#include "web/case_list.h"
#include "web/case_view.h"
#include "web/payment_text.h"
#include "web/staff_parts.h"

namespace livery::payments {

namespace {

// Somebody else, or the provider, was faster: the page says what came of it, and nothing was done.
Reply Overtaken(const NamedCase& named) { return Redirect{PathOf(named.one), "notice.overtaken"}; }

Result<Reply> Refused(const RequestContext& r, const NamedCase& named, FormPage form,
                      const Error& error) {
    if (error.code == ErrorCode::kNotFound || error.message == "error.decided")
        return Overtaken(named);
    if (!error.fields.empty()) return FormAgain(r, std::move(form), error);
    form.alert = ReasonText(error, r.format());
    return ToView(form);
}

}  // namespace

Result<Reply> CasePages::List(const RequestContext& r) const {
    return Answer(CaseList(r, database(), parts_.names));
}

Result<Reply> CasePages::Show(const RequestContext& r) const {
    const NamedCase named = LIVERY_TRY(CaseNamed(database(), r));
    const auto names = parts_.names.Of(r.tenant().id, {named.payment.account});
    return CaseView(r, named, names);
}

Result<Reply> CasePages::ShowClose(const RequestContext& r) const {
    const NamedCase named = LIVERY_TRY(CaseNamed(database(), r));
    if (!named.found.is_open) return Overtaken(named);
    return ToView(CloseForm(r, named));
}

Result<Reply> CasePages::Close(const RequestContext& r) const {
    const NamedCase named = LIVERY_TRY(CaseNamed(database(), r));
    const Case& one = named.one;
    const ClosedCase closed{one.payment,         one.kind,
                            NameOf(r.visitor()), std::string(r.Form("reason")),
                            one.refund,          one.opened_at};
    const auto done =
        db::Attempt<void>(database(), r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
            LIVERY_TRY(CloseCaseIn(tx, parts_.desk.ports(), closed));
            NoteDecision(parts_.audit, tx, r, "payment.case_closed", SubjectId(one.payment.uuid()));
            return {};
        });
    if (!done) return Refused(r, named, CloseForm(r, named), done.error());
    return Redirect{kCasesPath, "notice.case_closed"};
}

Result<Reply> CasePages::ShowDecide(const RequestContext& r) const {
    const NamedCase named = LIVERY_TRY(CaseNamed(database(), r));
    if (!named.found.is_open || !named.can_be_decided()) return Overtaken(named);
    return ToView(DecideForm(r, named));
}

Result<Reply> CasePages::Decide(const RequestContext& r) const {
    const NamedCase named = LIVERY_TRY(CaseNamed(database(), r));
    if (!named.found.is_open || !named.can_be_decided()) return Overtaken(named);
    const auto done = named.refund() != nullptr ? DecideRefund(r, named) : DecidePayment(r, named);
    if (!done) return Refused(r, named, DecideForm(r, named), done.error());
    return Redirect{kCasesPath, "notice.case_decided"};
}

Result<void> CasePages::DecidePayment(const RequestContext& r, const NamedCase& named) const {
    const auto decision = LIVERY_TRY(PaymentDecisionIn(r, named.payment));
    return db::Attempt<void>(database(), r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
        LIVERY_TRY(parts_.desk.DecideIn(tx, r.tenant(), named.payment.id, decision));
        NoteDecision(parts_.audit, tx, r, "payment.decided", SubjectOf(named.payment.account));
        return {};
    });
}

Result<void> CasePages::DecideRefund(const RequestContext& r, const NamedCase& named) const {
    const auto decision = LIVERY_TRY(RefundDecisionIn(r, named.refund()->id));
    return db::Attempt<void>(database(), r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
        LIVERY_TRY(parts_.refunds.DecideIn(tx, r.tenant(), decision));
        NoteDecision(parts_.audit, tx, r, "refund.decided", SubjectOf(named.payment.account));
        return {};
    });
}

void CasePages::AddTo(Registrar& registrar) {
    using P = CasePages;
    registrar.Add(WorkList{
        "cases.waiting", kCasesPath, "credit-card", "payments.read",
        [this](const Tenant& tenant) { return OpenCaseRepository::Count(database(), tenant.id); }});
    PageRoutes<P> reading(registrar, *this, "payments.read");
    reading.Get(Access::kSignedIn, kCasesPath, &P::List, "Payments that wait for a person");
    reading.Get(Access::kSignedIn, "/console/payments/cases/:id", &P::Show, "One that waits");
    PageRoutes<P> deciding(registrar, *this, "payments.decide");
    const auto form = [&](const char* path, auto show, auto save, const char* what) {
        deciding.Get(Access::kSignedIn, path, show, std::string("Form: ") + what);
        deciding.Post(Access::kSignedIn, path, save, what, RateClass::kForm);
    };
    form("/console/payments/cases/:id/close", &P::ShowClose, &P::Close,
         "Say that a case is seen to");
    form("/console/payments/cases/:id/decide", &P::ShowDecide, &P::Decide,
         "Say what became of the money of a case");
}

}  // namespace livery::payments

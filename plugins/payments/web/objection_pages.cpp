#include "web/objection_pages.h"

#include <livery/db/attempt.h>
#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "web/case_text.h"
#include "web/objection_list.h"
#include "web/payment_text.h"
#include "web/staff_parts.h"

namespace livery::payments {

namespace {

Reply Overtaken(ObjectionId id) { return Redirect{PathOf(id), "notice.overtaken"}; }

void AddEnd(const Formatter& t, const ObjectionRepository::Found& found, ViewModel& model) {
    const char* end = found.won ? "objections.was_right" : "objections.was_wrong";
    model.Flag("is_open", found.is_open)
        .Set("closed", found.is_open ? "" : t.Text(end, {{"when", t.Moment(found.closed_at)}}))
        .Set("answer", found.answer);
}

}  // namespace

Result<ObjectionPages::Found> ObjectionPages::Named(const RequestContext& r) const {
    const ObjectionId id = LIVERY_TRY(r.PathId<ObjectionId>("id"));
    auto found = ObjectionRepository::Find(parts_.database, r.tenant().id, id);
    if (!found) return NotFound("no such objection");
    return *std::move(found);
}

Result<Reply> ObjectionPages::List(const RequestContext& r) const {
    return Answer(ObjectionList(r, parts_.database, parts_.names, parts_.numbers));
}

Result<Reply> ObjectionPages::Show(const RequestContext& r) const {
    const Found found = LIVERY_TRY(Named(r));
    const Objection& one = found.objection;
    const Formatter& t = r.format();
    const std::string number = NameIn(parts_.numbers.Of(r.tenant().id, {one.invoice}), one.invoice);
    View view{"staff_objection", t.Text("objections.one", {{"number", number}}), {}, 200, {}};
    view.model.Set("title", view.title)
        .Set("number", number)
        .Set("account", NameIn(parts_.names.Of(r.tenant().id, {one.account}), one.account))
        .Set("amount", t.Amount(one.amount))
        .Set("reason", one.reason)
        .Set("opened", t.Text("cases.since", {{"when", t.Moment(one.opened_at)}}))
        .Set("page_href", PathOf(one.id))
        .Flag("can_decide", found.is_open && r.May("payments.decide"));
    AddEnd(t, found, view.model);
    return view;
}

FormPage ObjectionPages::Form(const RequestContext& r, const Objection& one) const {
    const Formatter& t = r.format();
    FormPage form{t.Text("objections.decide_title"),
                  t.Text("objections.intro", {{"amount", t.Amount(one.amount)}}),
                  PathOf(one.id) + "/decide",
                  t.Text("decide.submit"),
                  {}};
    form.fields = {
        ChoiceField(r, "decision", t.Text("objections.decision"),
                    {{"right", t.Text("objections.right")}, {"wrong", t.Text("objections.wrong")}}),
        ReasonField(r)};
    form.back = {t.Text("objections.title"), kObjectionsPath};
    return form;
}

Result<Reply> ObjectionPages::ShowDecide(const RequestContext& r) const {
    const Found found = LIVERY_TRY(Named(r));
    if (!found.is_open) return Overtaken(found.objection.id);
    return ToView(Form(r, found.objection));
}

Result<Reply> ObjectionPages::Decide(const RequestContext& r) const {
    const Found found = LIVERY_TRY(Named(r));
    const Objection& one = found.objection;
    const std::string_view said = r.Form("decision");
    if (said != "right" && said != "wrong")
        return FormAgain(r, Form(r, one), InvalidField("decision", "error.choose"));
    const auto done =
        db::Attempt<void>(parts_.database, r.tenant().id, [&](db::Transaction& tx) -> Result<void> {
            LIVERY_TRY(parts_.objections.DecideIn(tx, r.tenant(), one.id, said == "right",
                                                  std::string(r.Form("reason"))));
            NoteDecision(parts_.audit, tx, r, "objection.decided", SubjectOf(one.account));
            return {};
        });
    if (!done) return Refused(r, found, done.error());
    return Redirect{kObjectionsPath, "notice.objection_decided"};
}

// Its own reason is what the form can say; all else is why no credit note could be written, unless
// somebody was faster.
Result<Reply> ObjectionPages::Refused(const RequestContext& r, const Found& found,
                                      const Error& error) const {
    FormPage form = Form(r, found.objection);
    if (!error.fields.empty() && error.fields.front().field == "reason")
        return FormAgain(r, std::move(form), error);
    const auto now = ObjectionRepository::Find(parts_.database, r.tenant().id, found.objection.id);
    if (!now || !now->is_open) return Overtaken(found.objection.id);
    form.alert = r.format().Text("error.cannot_note");
    return ToView(form);
}

void ObjectionPages::AddTo(Registrar& registrar) {
    using P = ObjectionPages;
    registrar.Add(WorkList{"objections.waiting", kObjectionsPath, "receipt-text", "payments.read",
                           [this](const Tenant& tenant) {
                               return ObjectionRepository::CountOpen(parts_.database, tenant.id);
                           }});
    PageRoutes<P> reading(registrar, *this, "payments.read");
    reading.Get(Access::kSignedIn, kObjectionsPath, &P::List, "What customers object to");
    reading.Get(Access::kSignedIn, "/console/payments/objections/:id", &P::Show, "One objection");
    PageRoutes<P> deciding(registrar, *this, "payments.decide");
    constexpr const char* kDecide = "/console/payments/objections/:id/decide";
    deciding.Get(Access::kSignedIn, kDecide, &P::ShowDecide, "Form: Decide an objection");
    deciding.Post(Access::kSignedIn, kDecide, &P::Decide, "Decide an objection", RateClass::kForm);
}

}  // namespace livery::payments

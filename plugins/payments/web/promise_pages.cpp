#include "web/promise_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "web/payment_text.h"

namespace livery::payments {

namespace {

constexpr const char* kPath = "/payments/promise";

}  // namespace

FormPage PromisePages::Form(const RequestContext& r) const {
    const Formatter& t = r.format();
    const Date last = dunning_.LastPromise(r.tenant(), r.today());
    return {.title = t.Text("promise.title"),
            .intro = t.Text("promise.intro"),
            .action = kPath,
            .submit = t.Text("promise.submit"),
            .fields = {{.name = "pays_by",
                        .label = t.Text("promise.day"),
                        .value = std::string(r.Form("pays_by")),
                        .kind = FormField::Kind::kDate,
                        .hint = t.Text("promise.latest", {{"date", t.Day(last)}})}},
            .back = {t.Text("list.title"), "/payments"}};
}

Result<Reply> PromisePages::Show(const RequestContext& r) const { return ToView(Form(r)); }

Result<Reply> PromisePages::Promise(const RequestContext& r) const {
    const auto day = ParseDate(r.Form("pays_by"));
    if (!day) return FormAgain(r, Form(r), InvalidField("pays_by", "error.pays_by"));
    const auto promised =
        dunning_.Promise(r.tenant(), AccountOf(r), *day, "subscriber: " + r.visitor().email);
    if (!promised && promised.error().fields.empty()) {
        FormPage form = Form(r);
        form.alert = ReasonText(promised.error(), r.format());
        return ToView(form);
    }
    if (!promised) return FormAgain(r, Form(r), promised.error());
    return Redirect{"/payments", "notice.promised"};
}

void PromisePages::AddTo(Registrar& registrar) {
    PageRoutes<PromisePages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, kPath, &PromisePages::Show, "Promise to pay");
    routes.Post(Access::kSignedIn, kPath, &PromisePages::Promise, "Promise to pay",
                RateClass::kForm);
}

}  // namespace livery::payments

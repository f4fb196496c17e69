#include "web/two_step_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

namespace livery::accounts {

namespace {

constexpr const char* kPath = "/profile/security/two-step";

TwoStepVerification::Caller CallerOf(const RequestContext& r) {
    return {r.visitor().user, r.visitor().session, r.request().client_address};
}

FormField PasswordField(const RequestContext& r) {
    return {"current", r.format().Text("field.current_password"),
            "",        FormField::Kind::kPassword,
            "",        "current-password"};
}

// A form that asks for the password before it does what `key` says.
FormPage ProofForm(const RequestContext& r, const std::string& key, const std::string& path) {
    const Formatter& t = r.format();
    FormPage form{t.Text(key + ".title"),
                  t.Text(key + ".intro"),
                  path,
                  t.Text(key + ".submit"),
                  {PasswordField(r)}};
    form.back = {t.Text("two_step.title"), kPath};
    return form;
}

FormPage TurnOffForm(const RequestContext& r) {
    return ProofForm(r, "two_step.turn_off", std::string(kPath) + "/turn-off");
}

FormPage RenewForm(const RequestContext& r) {
    return ProofForm(r, "two_step.renew", std::string(kPath) + "/recovery-codes");
}

FormPage SetupForm(const RequestContext& r) {
    FormPage form = ProofForm(r, "two_step.turn_on", std::string(kPath) + "/turn-on");
    const Formatter& t = r.format();
    form.fields.insert(form.fields.begin(),
                       {"code", t.Text("two_step.code"), "", FormField::Kind::kDigits,
                        t.Text("two_step.code_hint"), "one-time-code"});
    return form;
}

Result<Reply> Again(const RequestContext& r, FormPage form, const Error& error) {
    if (error.code == ErrorCode::kConflict) return Redirect{kPath};  // done meanwhile, elsewhere
    return FormAgain(r, std::move(form), error);
}

View CodesView(const RequestContext& r, const std::vector<std::string>& codes) {
    const Formatter& t = r.format();
    View view{"recovery_codes", t.Text("recovery_codes.title"), {}, 200, {}};
    auto& rows = view.model.Rows("codes", codes.size());
    for (const std::string& code : codes) rows.emplace_back().Set("code", code);
    view.model.Set("brand", r.tenant().name)
        .Set("email", r.visitor().email)
        .Set("made_on", t.Day(r.today()))
        .Set("done_href", kPath);
    return view;
}

}  // namespace

Result<Reply> TwoStepPages::Show(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"two_step", t.Text("two_step.title"), {}, 200, {}};
    const auto status = two_step_.StatusOf(r.tenant(), r.visitor().user);
    view.model.Flag("on", status.on)
        .Set("since", status.on ? t.Text("two_step.since", {{"date", t.Moment(status.since)}}) : "")
        .Set("codes_left",
             t.Text("two_step.codes_left", {{"count", std::int64_t{status.recovery_codes_left}}}))
        .Flag("few_left", status.on && status.recovery_codes_left < 4);
    return view;
}

Result<Reply> TwoStepPages::Setup(const RequestContext& r, const Error* error) const {
    const auto enrolment = two_step_.Begin(r.tenant(), r.visitor().user);
    FormPage form = SetupForm(r);
    if (!enrolment) return Again(r, form, enrolment.error());
    if (error != nullptr) ShowErrors(form, *error, r.format());
    const QrCode::Picture picture = qr_code_.Draw(enrolment->uri);
    View view = ToView(form);
    view.template_name = "two_step_setup";
    view.model.Set("key", enrolment->key)
        .Set("qr_size", std::to_string(picture.size))
        .Set("qr_path", picture.path);
    return view;
}

Result<Reply> TwoStepPages::ShowTurnOn(const RequestContext& r) const { return Setup(r, nullptr); }

Result<Reply> TwoStepPages::TurnOn(const RequestContext& r) const {
    const auto done = two_step_.TurnOn(r.tenant(), CallerOf(r), std::string(r.Form("current")),
                                       std::string(r.Form("code")));
    if (!done) {
        // Begun too long ago: the page comes again with a new key, and says so.
        if (done.error().code == ErrorCode::kNotFound)
            return Redirect{std::string(kPath) + "/turn-on", "notice.two_step_expired"};
        if (done.error().code != ErrorCode::kInvalidArgument)
            return Again(r, SetupForm(r), done.error());
        return Setup(r, &done.error());
    }
    View view = CodesView(r, done->recovery_codes);
    view.session = done->session;
    return view;
}

Result<Reply> TwoStepPages::ShowTurnOff(const RequestContext& r) const {
    return ToView(TurnOffForm(r));
}

Result<Reply> TwoStepPages::TurnOff(const RequestContext& r) const {
    const auto done = two_step_.TurnOff(r.tenant(), CallerOf(r), std::string(r.Form("current")));
    if (done) return Redirect{kPath, "notice.two_step_off"};
    return Again(r, TurnOffForm(r), done.error());
}

Result<Reply> TwoStepPages::ShowRenew(const RequestContext& r) const {
    return ToView(RenewForm(r));
}

Result<Reply> TwoStepPages::Renew(const RequestContext& r) const {
    const auto codes =
        two_step_.RenewRecoveryCodes(r.tenant(), CallerOf(r), std::string(r.Form("current")));
    if (codes) return CodesView(r, *codes);
    return Again(r, RenewForm(r), codes.error());
}

void TwoStepPages::AddTo(Registrar& registrar) {
    using P = TwoStepPages;
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, kPath, &P::Show, "Two-step verification");
    routes.Get(Access::kSignedIn, std::string(kPath) + "/turn-on", &P::ShowTurnOn,
               "Key and form to turn it on");
    routes.Post(Access::kSignedIn, std::string(kPath) + "/turn-on", &P::TurnOn,
                "Turn two-step verification on", RateClass::kCredential);
    routes.Get(Access::kSignedIn, std::string(kPath) + "/turn-off", &P::ShowTurnOff,
               "Form to turn it off");
    routes.Post(Access::kSignedIn, std::string(kPath) + "/turn-off", &P::TurnOff,
                "Turn two-step verification off", RateClass::kCredential);
    routes.Get(Access::kSignedIn, std::string(kPath) + "/recovery-codes", &P::ShowRenew,
               "Form for new recovery codes");
    routes.Post(Access::kSignedIn, std::string(kPath) + "/recovery-codes", &P::Renew,
                "Make new recovery codes", RateClass::kCredential);
}

}  // namespace livery::accounts

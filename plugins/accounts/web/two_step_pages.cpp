#include "web/two_step_pages.h"

#include <livery/http/form_again.h>
#include <livery/http/page_routes.h>

#include "web/next_page.h"

namespace livery::accounts {

namespace {

TwoStepVerification::Caller CallerOf(const RequestContext& r) {
    return {r.visitor().user, r.visitor().session, r.request().client_address};
}

FormField PasswordField(const RequestContext& r) {
    return {"current", r.format().Text("field.current_password"),
            "",        FormField::Kind::kPassword,
            "",        "current-password"};
}

FormField CodeField(const RequestContext& r) {
    return {"code",
            r.format().Text("two_step.code"),
            "",
            FormField::Kind::kDigits,
            r.format().Text("two_step.code_hint"),
            "one-time-code"};
}

}  // namespace

// A form that asks for the password before it does what `key` says.
FormPage TwoStepPages::ProofForm(const RequestContext& r, const std::string& key,
                                 const std::string& below) const {
    const Formatter& t = r.format();
    FormPage form{t.Text(key + ".title"),
                  t.Text(key + ".intro"),
                  door_.TwoStep() + below,
                  t.Text(key + ".submit"),
                  {PasswordField(r)}};
    form.back = {t.Text("two_step.title"), door_.TwoStep()};
    return form;
}

FormPage TwoStepPages::SetupForm(const RequestContext& r) const {
    FormPage form = ProofForm(r, "two_step.turn_on", "/turn-on");
    form.fields.insert(form.fields.begin(), CodeField(r));
    return form;
}

FormPage TwoStepPages::EnrolmentForm(const RequestContext& r) const {
    const Formatter& t = r.format();
    FormPage form{t.Text("two_step.enrol.title"),
                  t.Text("two_step.enrol.intro"),
                  WithNext(door_.Path("/sign-in/set-up"), NextOf(r, door_), door_),
                  t.Text("two_step.turn_on.submit"),
                  {CodeField(r)}};
    form.back = {t.Text("second_step.again"), door_.Path("/sign-in")};
    return form;
}

Result<Reply> TwoStepPages::Again(const RequestContext& r, FormPage form,
                                  const Error& error) const {
    if (error.code == ErrorCode::kConflict)
        return Redirect{door_.TwoStep()};  // done meanwhile, elsewhere
    return FormAgain(r, std::move(form), error);
}

View TwoStepPages::CodesView(const RequestContext& r, const std::vector<std::string>& codes,
                             const std::string& done_href) const {
    const Formatter& t = r.format();
    View view{"recovery_codes", t.Text("recovery_codes.title"), {}, 200, {}};
    auto& rows = view.model.Rows("codes", codes.size());
    for (const std::string& code : codes) rows.emplace_back().Set("code", code);
    view.model.Set("brand", r.tenant().name)
        .Set("email", r.visitor().email)
        .Set("made_on", t.Day(r.today()))
        .Set("done_href", done_href);
    return view;
}

Result<Reply> TwoStepPages::Show(const RequestContext& r) const {
    const Formatter& t = r.format();
    View view{"two_step", t.Text("two_step.title"), {}, 200, {}};
    const auto status = two_step_.StatusOf(r.tenant(), r.visitor().user);
    view.model.Flag("on", status.on)
        .Set("since", status.on ? t.Text("two_step.since", {{"date", t.Moment(status.since)}}) : "")
        .Set("codes_left",
             t.Text("two_step.codes_left", {{"count", std::int64_t{status.recovery_codes_left}}}))
        .Set("security_href", door_.security)
        .Set("two_step_href", door_.TwoStep())
        .Flag("may_turn_off", !door_.IsConsole())
        .Flag("few_left", status.on && status.recovery_codes_left < 4);
    return view;
}

Result<Reply> TwoStepPages::Setup(const RequestContext& r, FormPage form,
                                  const Error* error) const {
    const auto enrolment = two_step_.Begin(r.tenant(), r.visitor().user, r.visitor().session);
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

Result<Reply> TwoStepPages::TurnedOn(const RequestContext& r,
                                     const Result<SecondFactor::TurnedOn>& done,
                                     const FormPage& form, const std::string& done_href) const {
    if (done) {
        View view = CodesView(r, done->recovery_codes, done_href);
        view.session = done->session;
        return view;
    }
    // Begun too long ago: the page comes again with a new key, and says so.
    if (done.error().code == ErrorCode::kNotFound)
        return Redirect{form.action, "notice.two_step_expired"};
    if (done.error().code != ErrorCode::kInvalidArgument) return Again(r, form, done.error());
    return Setup(r, form, &done.error());
}

Result<Reply> TwoStepPages::ShowTurnOn(const RequestContext& r) const {
    return Setup(r, SetupForm(r), nullptr);
}

Result<Reply> TwoStepPages::TurnOn(const RequestContext& r) const {
    return TurnedOn(r,
                    two_step_.TurnOn(r.tenant(), CallerOf(r), std::string(r.Form("current")),
                                     std::string(r.Form("code"))),
                    SetupForm(r), door_.TwoStep());
}

Result<Reply> TwoStepPages::ShowEnrolment(const RequestContext& r) const {
    return Setup(r, EnrolmentForm(r), nullptr);
}

Result<Reply> TwoStepPages::Enrol(const RequestContext& r) const {
    return TurnedOn(r, two_step_.Enrol(r.tenant(), CallerOf(r), std::string(r.Form("code"))),
                    EnrolmentForm(r), NextOf(r, door_));
}

Result<Reply> TwoStepPages::ShowTurnOff(const RequestContext& r) const {
    return ToView(ProofForm(r, "two_step.turn_off", "/turn-off"));
}

Result<Reply> TwoStepPages::TurnOff(const RequestContext& r) const {
    const auto done = two_step_.TurnOff(r.tenant(), CallerOf(r), std::string(r.Form("current")));
    if (done) return Redirect{door_.TwoStep(), "notice.two_step_off"};
    return Again(r, ProofForm(r, "two_step.turn_off", "/turn-off"), done.error());
}

Result<Reply> TwoStepPages::ShowRenew(const RequestContext& r) const {
    return ToView(ProofForm(r, "two_step.renew", "/recovery-codes"));
}

Result<Reply> TwoStepPages::Renew(const RequestContext& r) const {
    const auto codes =
        two_step_.RenewRecoveryCodes(r.tenant(), CallerOf(r), std::string(r.Form("current")));
    if (codes) return CodesView(r, *codes, door_.TwoStep());
    return Again(r, ProofForm(r, "two_step.renew", "/recovery-codes"), codes.error());
}

void TwoStepPages::AddTo(Registrar& registrar) {
    using P = TwoStepPages;
    const std::string path = door_.TwoStep();
    PageRoutes<P> routes(registrar, *this);
    routes.Get(Access::kSignedIn, path, &P::Show, "Two-step verification");
    routes.Get(Access::kSignedIn, path + "/recovery-codes", &P::ShowRenew,
               "Form for new recovery codes");
    routes.Post(Access::kSignedIn, path + "/recovery-codes", &P::Renew, "Make new recovery codes",
                RateClass::kCredential);
    if (door_.IsConsole()) {
        routes.Get(Access::kEnrolment, door_.Path("/sign-in/set-up"), &P::ShowEnrolment,
                   "Key and form to set the second step up");
        routes.Post(Access::kEnrolment, door_.Path("/sign-in/set-up"), &P::Enrol,
                    "Set the second step up", RateClass::kCredential);
        return;
    }
    routes.Get(Access::kSignedIn, path + "/turn-on", &P::ShowTurnOn, "Key and form to turn it on");
    routes.Post(Access::kSignedIn, path + "/turn-on", &P::TurnOn, "Turn two-step verification on",
                RateClass::kCredential);
    routes.Get(Access::kSignedIn, path + "/turn-off", &P::ShowTurnOff, "Form to turn it off");
    routes.Post(Access::kSignedIn, path + "/turn-off", &P::TurnOff,
                "Turn two-step verification off", RateClass::kCredential);
}

}  // namespace livery::accounts

#include "web/method_pages.h"

#include <livery/http/page_routes.h>

#include "settings/payment_settings.h"
#include "web/payment_text.h"
#include "web/way_out.h"

namespace livery::payments {

namespace {

constexpr const char* kPath = "/payment-methods";

bool IsShown(const PaymentMethod& method) {
    return method.state == MethodState::kBegun || method.state == MethodState::kActive ||
           method.state == MethodState::kRefused;
}

std::string ExpiryText(const PaymentMethod& method, const Formatter& t) {
    if (method.expiry_month == 0) return "";
    const std::chrono::year_month_day day{
        std::chrono::year(method.expiry_year),
        std::chrono::month(static_cast<unsigned>(method.expiry_month)), std::chrono::day(1)};
    return t.Text("method.expires", {{"month", t.Day(day, Formatter::DateStyle::kMonth)}});
}

std::string StateOf(const PaymentMethod& method, Date today) {
    // The provider was asked to begin, and did not answer.
    if (method.state == MethodState::kBegun && method.action_url.empty()) return "checked";
    return std::string(StandsAs(method, today));
}

void ShowMethod(const PaymentMethod& method, const RequestContext& r, ViewModel& row) {
    const Formatter& t = r.format();
    const std::string state = StateOf(method, r.today());
    const std::string expiry = ExpiryText(method, t);
    const bool can_be_charged = IsChargeable(method, r.today());
    row.Set("title",
            method.state == MethodState::kBegun ? t.Text("method.one") : MethodText(method, t))
        .Set("expiry", expiry)
        .Flag("has_expiry", !expiry.empty())
        .Flag("is_default", method.is_default && can_be_charged)
        .Flag("can_be_default", !method.is_default && can_be_charged)
        .Flag("is_begun", method.state == MethodState::kBegun && !method.action_url.empty())
        .Flag("needs_care", state != "active")
        .Set("state_label", t.Text("method_state." + state))
        .Set("action_url", LinkTo(method.action_url, method.action_fields,
                                  std::string(kPath) + "/" + method.id.ToString() + "/go"))
        .Set("default_href", std::string(kPath) + "/" + method.id.ToString() + "/default")
        .Set("remove_href", std::string(kPath) + "/" + method.id.ToString() + "/remove");
}

}  // namespace

// What turning it on takes at once is said before it is turned on.
std::string MethodPages::AutomaticText(const RequestContext& r, bool automatic) const {
    const Formatter& t = r.format();
    if (automatic) return t.Text("automatic.is_on");
    std::string due;
    for (const Money& sum : collection_.DueNow(r.tenant(), AccountOf(r)))
        due += (due.empty() ? "" : ", ") + t.Amount(sum);
    if (due.empty()) return t.Text("automatic.is_off");
    return t.Text("automatic.is_off") + " " + t.Text("automatic.takes_now", {{"amount", due}});
}

View MethodPages::Page(const RequestContext& r, const std::string& wrong) const {
    const Formatter& t = r.format();
    View view{"methods", t.Text("methods.title"), {}, wrong.empty() ? 200 : 422, {}};
    if (!wrong.empty()) view.errors.push_back({"methods", wrong});
    auto& rows = view.model.Rows("methods");
    for (const PaymentMethod& method : methods_.Of(r.tenant(), AccountOf(r))) {
        if (IsShown(method)) ShowMethod(method, r, rows.emplace_back());
    }
    const bool automatic = collection_.Of(r.tenant(), AccountOf(r)).pays_automatically;
    const bool can_add = !r.SettingsOf<PaymentSettings>("payments").instance.empty();
    const bool any = !rows.empty();
    view.model.Flag("has_methods", any)
        .Flag("can_add", can_add)
        .Flag("is_automatic", automatic)
        .Set("automatic_value", automatic ? "off" : "on")
        .Set("automatic_text", AutomaticText(r, automatic))
        .Set("automatic_submit", t.Text(automatic ? "automatic.turn_off" : "automatic.turn_on"));
    return view;
}

Result<Reply> MethodPages::Done(const RequestContext& r, const Result<void>& result,
                                const char* notice) const {
    if (result) return Redirect{kPath, notice};
    if (result.error().code == ErrorCode::kNotFound) return result.error();
    return Page(r, ReasonText(result.error(), r.format()));
}

Result<Reply> MethodPages::List(const RequestContext& r) const { return Page(r, ""); }

Result<Reply> MethodPages::Add(const RequestContext& r) const {
    const auto method = methods_.SetUp(
        r.tenant(), {AccountOf(r), r.SettingsOf<PaymentSettings>("payments").instance,
                     std::string(r.format().language()), r.visitor().email});
    if (!method) return Page(r, ReasonText(method.error(), r.format()));
    if (method->state == MethodState::kFailed) return Page(r, r.format().Text("error.not_set_up"));
    if (method->state == MethodState::kActive) return Redirect{kPath, "notice.method_added"};
    return Redirect{std::string(kPath) + "/" + method->id.ToString() + "/go"};
}

Result<Reply> MethodPages::Go(const RequestContext& r) const {
    const MethodId id = LIVERY_TRY(r.PathId<MethodId>("id"));
    for (const PaymentMethod& method : methods_.Of(r.tenant(), AccountOf(r))) {
        if (method.id != id) continue;
        const bool leads_out = method.state == MethodState::kBegun && !method.action_url.empty();
        if (!leads_out) return Redirect{kPath};
        return LeadOut(r.format(), {method.action_url, method.action_fields}, kPath);
    }
    return NotFound("not there, or not theirs");
}

Result<Reply> MethodPages::Return(const RequestContext& r) const {
    const auto method = methods_.Continue(r.tenant(), AccountOf(r), std::string(r.Path("token")));
    if (!method) return Redirect{kPath};
    if (method->state == MethodState::kFailed) return Page(r, r.format().Text("error.not_set_up"));
    return Redirect{kPath, method->state == MethodState::kActive ? "notice.method_added" : ""};
}

Result<Reply> MethodPages::SetDefault(const RequestContext& r) const {
    const MethodId id = LIVERY_TRY(r.PathId<MethodId>("id"));
    return Done(r, methods_.SetDefault(r.tenant(), AccountOf(r), id), "notice.default_set");
}

Result<Reply> MethodPages::Remove(const RequestContext& r) const {
    const MethodId id = LIVERY_TRY(r.PathId<MethodId>("id"));
    for (const PaymentMethod& method : methods_.Of(r.tenant(), AccountOf(r))) {
        // The same button once more: it is as they want it.
        if (method.id == id && method.state == MethodState::kRemoved)
            return Redirect{kPath, "notice.method_removed"};
    }
    return Done(r, methods_.Remove(r.tenant(), AccountOf(r), id), "notice.method_removed");
}

Result<Reply> MethodPages::SetAutomatic(const RequestContext& r) const {
    const bool on = r.Form("automatic") == "on";
    const bool takes = on && !collection_.DueNow(r.tenant(), AccountOf(r)).empty();
    const auto set = collection_.SetAutomatic(r.tenant(), AccountOf(r), on);
    // What came of it stands on top of that list.
    if (set && takes) return Redirect{"/payments", "notice.automatic_on"};
    return Done(r, set, on ? "notice.automatic_on" : "notice.automatic_off");
}

void MethodPages::AddTo(Registrar& registrar) {
    PageRoutes<MethodPages> routes(registrar, *this);
    routes.Get(Access::kSignedIn, kPath, &MethodPages::List, "Payment methods");
    routes.Post(Access::kSignedIn, "/payment-methods/add", &MethodPages::Add,
                "Add a payment method", RateClass::kForm, Pace::kWaits);
    routes.Post(Access::kSignedIn, "/payment-methods/automatic", &MethodPages::SetAutomatic,
                "Automatic payment", RateClass::kForm, Pace::kWaits);
    routes.Get(Access::kSignedIn, "/payment-methods/:id/go", &MethodPages::Go,
               "On to the provider's page");
    routes.Get(Access::kSignedIn, "/payment-methods/return/:token", &MethodPages::Return,
               "Back from the provider's page", RateClass::kForm, Pace::kWaits);
    routes.Post(Access::kSignedIn, "/payment-methods/:id/default", &MethodPages::SetDefault,
                "Charge this one", RateClass::kForm);
    routes.Post(Access::kSignedIn, "/payment-methods/:id/remove", &MethodPages::Remove,
                "Remove a payment method", RateClass::kForm, Pace::kWaits);
}

}  // namespace livery::payments

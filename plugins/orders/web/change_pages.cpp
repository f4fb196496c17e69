#include "web/change_pages.h"

#include <livery/db/attempt.h>

#include "app/refused_sale.h"
#include "web/quote_view.h"

namespace livery::orders {

namespace {

std::string TextKey(const ChangePages::Action& action, const char* what) {
    return "change." + std::string(action.path) + "." + what;
}

std::string Title(const SubscriptionChoices& choices) {
    return choices.product_name + ", " + choices.plan_name;
}

FormPage FormOf(const RequestContext& r, const ChangePages::Action& action,
                const SubscriptionChoices& choices) {
    const Formatter& t = r.format();
    const std::string path = "/subscriptions/" + choices.id.ToString();
    FormPage form{.title = t.Text(TextKey(action, "title")),
                  .intro = Title(choices) + ". " + t.Text(TextKey(action, "intro")),
                  .action = path + "/" + action.path,
                  .submit = t.Text("change.preview"),
                  .fields = {}};
    form.back = {choices.product_name, path};
    action.add_fields(r, choices, form);
    return form;
}

QuotePage PageOf(const RequestContext& r, const ChangePages::Action& action, const FormPage& form,
                 const SubscriptionChoices& choices) {
    const Formatter& t = r.format();
    QuotePage page{.title = form.title,
                   .what = Title(choices),
                   .action = form.action,
                   .confirm = t.Text(TextKey(action, "confirm")),
                   .back_href = form.action,
                   .back_label = t.Text("change.back"),
                   .fields = {},
                   .chosen = ChosenOf(form, t),
                   .alert = {}};
    for (const FormField& field : form.fields)
        page.fields.emplace_back(field.name, r.Form(field.name));
    return page;
}

}  // namespace

Result<SubscriptionChoices> ChangePages::ChoicesFor(const RequestContext& r) const {
    const SubscriptionId id = LIVERY_TRY(r.PathId<SubscriptionId>("id"));
    const CivilTime now = parts_.time.ToCivil(r.tenant(), r.now());
    return UnlessCatalogRefused<SubscriptionChoices>(parts_.log, {r.tenant().id, ""}, [&] {
        return db::Attempt<SubscriptionChoices>(
            parts_.database, r.tenant().id, [&](db::Transaction& tx) {
                return parts_.changes.ChoicesOf(tx, AccountOf(r), id, now);
            });
    });
}

// What a subscription may become cannot be told: why, and the way back.
Result<Reply> ChangePages::Refused(const RequestContext& r, const Action& action,
                                   const Error& error) const {
    if (error.code != ErrorCode::kUnavailable) return error;
    const Formatter& t = r.format();
    const std::string path = "/subscriptions/" + std::string(r.Path("id"));
    FormPage form{.title = t.Text(TextKey(action, "title")),
                  .intro = "",
                  .action = path + "/" + action.path,
                  .submit = "",
                  .fields = {}};
    form.back = {t.Text("change.back"), path};
    return RefusedView(form, error, t);
}

Result<Reply> ChangePages::Ask(const RequestContext& r, const Action& action) const {
    const auto found = ChoicesFor(r);
    if (!found) return Refused(r, action, found.error());
    const SubscriptionChoices& choices = *found;
    FormPage form = FormOf(r, action, choices);
    // Somebody was faster, or came by an old page: the way back, with the reason.
    if (!action.possible(choices)) {
        form.intro = Title(choices);
        form.fields.clear();
        form.submit.clear();
        form.alert = r.format().Text("error.not_now");
    }
    return ToView(form);
}

Result<Reply> ChangePages::Do(const RequestContext& r, const Action& action) const {
    const auto found = ChoicesFor(r);
    if (!found) return Refused(r, action, found.error());
    const SubscriptionChoices& choices = *found;
    const FormPage form = FormOf(r, action, choices);
    const auto token = QuoteId::Parse(r.Form("token"));
    const auto wish = action.wish(r, choices);
    const std::string path = "/subscriptions/" + choices.id.ToString();
    const std::string notice = "notice." + std::string(action.path);
    // A second confirmation finds the change made already: it is told apart by its token alone.
    if (!wish && token && !action.possible(choices)) return Redirect{path, ""};
    if (!wish) return RefusedView(form, wish.error(), r.format());
    QuotePage page = PageOf(r, action, form, choices);
    if (token) {
        const auto outcome = parts_.checkout.Confirm(r.tenant(), AccountOf(r), *wish, *token,
                                                     {"subscriber", r.visitor().email});
        if (outcome && outcome->subscription)
            return Redirect{"/subscriptions/" + outcome->subscription->ToString(), notice};
        page.alert = ReasonText(outcome.error(), r.format());
    }
    const auto quote = parts_.checkout.Preview(r.tenant(), AccountOf(r), *wish);
    if (!quote) return RefusedView(r, form, quote.error(), parts_.paying);
    return QuoteView(r, *quote, page);
}

void ChangePages::AddTo(Registrar& registrar) {
    for (const Action& action : ChangeActions()) {
        const std::string pattern = std::string("/subscriptions/:id/") + action.path;
        const std::string what = "A subscription: " + std::string(action.path);
        registrar.Add(Route{Method::kGet, pattern, Access::kSignedIn,
                            [this, &action](const RequestContext& r) { return Ask(r, action); },
                            what + ", form"});
        registrar.Add(Route{Method::kPost, pattern, Access::kSignedIn,
                            [this, &action](const RequestContext& r) { return Do(r, action); },
                            what + ", price and order", RateClass::kForm});
    }
}

}  // namespace livery::orders

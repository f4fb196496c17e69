#include "web/shop_pages.h"

#include <livery/http/page_routes.h>
#include <livery/view/form_page.h>

#include "web/offer.h"
#include "web/quote_view.h"

namespace livery::orders {

namespace {

Shopper ShopperOf(const RequestContext& r, const BillingProfile& profile) {
    return {r.tenant().currency, profile.account_class, r.today()};
}

Result<Purchase> PurchaseOf(const RequestContext& r, const std::string& plan) {
    const auto quantity = Decimal::Parse(r.Form("quantity"));
    if (!quantity || quantity->decimals() > 0) return InvalidField("quantity", "error.quantity");
    return Purchase{r.tenant().currency,         plan,         *quantity,
                    std::string(r.Form("site")), std::nullopt, std::string(r.Form("coupon")),
                    std::string(r.Form("name"))};
}

FormPage FormOf(const RequestContext& r, const billing::Catalog& catalog, const billing::Plan& plan,
                const BillingProfile& profile) {
    const Formatter& t = r.format();
    const auto kept = [&](const char* name, const char* otherwise) {
        const std::string_view value = r.Form(name);
        return value.empty() ? std::string(otherwise) : std::string(value);
    };
    FormPage form{.title = catalog.ProductOf(plan).name + ", " + plan.name,
                  .intro = PriceText(plan, ShopperOf(r, profile), t),
                  .action = "/shop/" + plan.id,
                  .submit = t.Text("shop.preview"),
                  .fields = {}};
    form.fields.push_back({.name = "quantity",
                           .label = t.Text("shop.quantity"),
                           .value = kept("quantity", "1"),
                           .kind = FormField::Kind::kDigits});
    if (!profile.sites.empty()) {
        FormField site{.name = "site",
                       .label = t.Text("shop.site"),
                       .value = kept("site", ""),
                       .kind = FormField::Kind::kSelect};
        site.options.push_back({"", t.Text("shop.main_address")});
        for (const auto& [name, place] : profile.sites) site.options.push_back({name, name});
        form.fields.push_back(std::move(site));
    }
    form.fields.push_back({.name = "coupon",
                           .label = t.Text("shop.coupon"),
                           .value = kept("coupon", ""),
                           .required = false});
    form.fields.push_back({.name = "name",
                           .label = t.Text("shop.name"),
                           .value = kept("name", ""),
                           .hint = t.Text("shop.name_hint"),
                           .required = false});
    form.back = {t.Text("shop.title"), "/shop"};
    return form;
}

QuotePage PageOf(const RequestContext& r, const FormPage& form, const Purchase& purchase) {
    const Formatter& t = r.format();
    return {.title = t.Text("quote.title"),
            .what = t.Number(purchase.quantity) + " × " + form.title,
            .action = form.action,
            .confirm = t.Text("quote.buy"),
            .back_href = form.action,
            .back_label = form.title,
            .fields = {{"quantity", purchase.quantity.ToString()},
                       {"site", purchase.site},
                       {"coupon", purchase.coupon},
                       {"name", purchase.name}},
            .chosen = ChosenOf(form, t),
            .alert = {}};
}

}  // namespace

BillingProfile ShopPages::ProfileOf(const RequestContext& r) const {
    BillingProfile profile;
    parts_.database.Transact(r.tenant().id, [&](db::Transaction& tx) {
        auto found = parts_.profiles.Of(tx, AccountOf(r));
        if (found) profile = *std::move(found);
    });
    return profile;
}

Result<Reply> ShopPages::Shop(const RequestContext& r) const {
    const auto catalog = parts_.catalogs.Of(r.tenant().id);
    View view{"shop", r.format().Text("shop.title"), {}, 200, {}};
    const auto shelves = ShelvesOf(*catalog, ShopperOf(r, ProfileOf(r)), r.format());
    auto& rows = view.model.Rows("shelves", shelves.size());
    for (const Shelf& shelf : shelves) {
        ViewModel& row = rows.emplace_back().Set("product", shelf.product);
        auto& offers = row.Rows("offers", shelf.offers.size());
        for (const Offer& offer : shelf.offers) {
            offers.emplace_back()
                .Set("plan", offer.plan_name)
                .Set("price", offer.price)
                .Set("conditions", offer.conditions)
                .Flag("has_conditions", !offer.conditions.empty())
                .Set("href", "/shop/" + offer.plan);
        }
    }
    view.model.Flag("has_shelves", !shelves.empty());
    return view;
}

Result<Reply> ShopPages::Ask(const RequestContext& r) const {
    const auto catalog = parts_.catalogs.Of(r.tenant().id);
    const billing::Plan* plan = catalog->FindPlan(std::string(r.Path("plan")));
    const BillingProfile profile = ProfileOf(r);
    if (plan == nullptr || catalog->ProductOf(*plan).IsAddon() ||
        !CanBuy(*catalog, *plan, ShopperOf(r, profile)))
        return NotFound("no such plan for this account");
    return ToView(FormOf(r, *catalog, *plan, profile));
}

Result<Reply> ShopPages::Buy(const RequestContext& r) const {
    const auto catalog = parts_.catalogs.Of(r.tenant().id);
    const billing::Plan* plan = catalog->FindPlan(std::string(r.Path("plan")));
    const BillingProfile profile = ProfileOf(r);
    if (plan == nullptr || !CanBuy(*catalog, *plan, ShopperOf(r, profile)))
        return NotFound("no such plan for this account");
    const FormPage form = FormOf(r, *catalog, *plan, profile);
    const auto purchase = PurchaseOf(r, plan->id);
    if (!purchase) return RefusedView(form, purchase.error(), r.format());
    const auto token = QuoteId::Parse(r.Form("token"));
    QuotePage page = PageOf(r, form, *purchase);
    if (token) {
        const auto outcome = parts_.checkout.Confirm(r.tenant(), AccountOf(r), *purchase, *token,
                                                     {"subscriber", r.visitor().email});
        if (outcome) return Redirect{"/orders/" + outcome->order->ToString(), "notice.bought"};
        page.alert = ReasonText(outcome.error(), r.format());
    }
    const auto quote = parts_.checkout.Preview(r.tenant(), AccountOf(r), *purchase);
    if (!quote) return RefusedView(r, form, quote.error(), parts_.paying);
    return QuoteView(r, *quote, page);
}

void ShopPages::AddTo(Registrar& registrar) {
    PageRoutes<ShopPages> routes(registrar, *this);
    routes.GetReused("/shop", &ShopPages::Shop, "What can be bought");
    routes.Get(Access::kSignedIn, "/shop/:plan", &ShopPages::Ask, "Buy a plan: form");
    routes.Post(Access::kSignedIn, "/shop/:plan", &ShopPages::Buy,
                "Buy a plan: its price, and its order", RateClass::kForm);
}

}  // namespace livery::orders

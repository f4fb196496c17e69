#include "api/subscription_api.h"

#include <livery/api/page.h>
#include <livery/api/schema.h>

#include "domain/agreement_choices.h"
#include "domain/bundle.h"
#include "domain/next_charge.h"
#include "storage/agreement_repository.h"

namespace livery::subscriptions {

using api::Call;
using api::Json;

namespace {

Json CivilOrNull(const std::optional<CivilTime>& time) {
    return time ? Json(api::CivilOf(*time)) : Json(nullptr);
}

std::string_view PhaseName(billing::PhaseKind kind) {
    constexpr std::string_view kNames[]{"trial", "discount", "fixed_term", "evergreen"};
    return kNames[static_cast<int>(kind)];
}

Json NextChargeJson(const Agreement& agreement, const billing::Catalog& catalog, CivilTime now) {
    if (AgreementView(agreement, catalog).IsOver(now)) return nullptr;
    const auto next =
        NextChargeOf(TimelineOf(agreement, catalog, {}, now), catalog.policies.proration, now);
    if (!next) return nullptr;
    return {{"on", api::CivilOf(next->on)},
            {"amount", api::MoneyOf(next->amount)},
            {"with_usage", next->with_usage}};
}

Json ChoicesJson(const Agreement& agreement, const AgreementView& view) {
    Json list = Json::array();
    for (const Choice& choice : agreement.choices) {
        if (!view.IsReached(choice)) break;
        list.push_back({{"from", api::CivilOf(choice.from)},
                        {"plan", choice.plan},
                        {"quantity", choice.quantity.ToString()}});
    }
    return list;
}

Json PausesJson(const AgreementView& view) {
    Json list = Json::array();
    for (const Pause& pause : view.Pauses())
        list.push_back({{"from", api::CivilOf(pause.from)}, {"until", CivilOrNull(pause.to)}});
    return list;
}

Json PhasesJson(const AgreementView& view, const Choice& choice) {
    Json list = Json::array();
    for (const DatedPhase& phase : view.PhasesOf(choice))
        list.push_back({{"kind", PhaseName(phase.kind)},
                        {"from", api::CivilOf(phase.from)},
                        {"until", CivilOrNull(phase.to)}});
    return list;
}

Json JsonOf(const Agreement& agreement, const billing::Catalog& catalog, CivilTime now) {
    const AgreementView view(agreement, catalog);
    const Choice& choice = view.ChoiceAt(now);
    const billing::Pricing price = PricingAt(agreement, catalog, now);
    const bool recurs = price.by == billing::Pricing::By::kPeriod;
    return {{"id", agreement.id.ToString()},
            {"account", agreement.account.ToString()},
            {"base", api::IdOrNull(agreement.base)},
            {"state", ToString(view.StateAt(now))},
            {"plan", choice.plan},
            {"quantity", choice.quantity.ToString()},
            {"currency", agreement.currency.code()},
            {"unit_price", recurs ? Json(price.unit_price.ToString()) : Json(nullptr)},
            {"site", agreement.site},
            {"started_at", api::CivilOf(agreement.started_at)},
            {"ends_at", CivilOrNull(view.EndsAt())},
            {"end_reason", view.EndReason()},
            {"choices", ChoicesJson(agreement, view)},
            {"phases", PhasesJson(view, choice)},
            {"pauses", PausesJson(view)},
            {"next_charge", NextChargeJson(agreement, catalog, now)}};
}

Json CivilOrNullSchema(std::string_view description) {
    return api::Nullable(api::CivilText(description));
}

Json NextChargeSchema() {
    Json schema = api::Object("What is due next, before taxes and coupons; null: nothing.",
                              {{"on", api::CivilText("When")},
                               {"amount", api::Ref("Money")},
                               {"with_usage", api::Flag("Usage is charged with it")}});
    schema["type"] = Json::array({"object", "null"});
    return schema;
}

Json SubscriptionSchema() {
    const Json choice =
        api::Object("A plan in a quantity from some time on; one that lies ahead is pending.",
                    {{"from", api::CivilText("From when")},
                     {"plan", api::Text("The plan's id")},
                     {"quantity", api::DecimalText("How many")}});
    const Json phase =
        api::Object("A phase of the plan that holds now.",
                    {{"kind", api::OneOf({"trial", "discount", "fixed_term", "evergreen"})},
                     {"from", api::CivilText("Its begin")},
                     {"until", CivilOrNullSchema("Its end, exclusive; null: for good")}});
    const Json pause =
        api::Object("A pause.", {{"from", api::CivilText("Its begin")},
                                 {"until", CivilOrNullSchema("Its end; null: until resumed")}});
    return api::Object(
        "What was agreed with an account, as it is now.",
        {{"id", api::IdText("sub")},
         {"account", api::IdText("acc")},
         {"base", api::Nullable(api::IdText("sub"))},
         {"state", api::OneOf({"pending", "trial", "active", "paused", "cancelling", "cancelled",
                               "expired"})},
         {"plan", api::Text("The plan's id")},
         {"quantity", api::DecimalText("How many")},
         {"currency", api::Text("ISO 4217", 3)},
         {"unit_price",
          api::Nullable(api::DecimalText("Of one for a period; null: nothing recurs"))},
         {"site", api::Text("Where it is delivered; empty: at the account")},
         {"started_at", api::CivilText("Its begin")},
         {"ends_at", CivilOrNullSchema("Its end, exclusive; null: none is known")},
         {"end_reason", api::Text("Why it ends; empty: nobody said")},
         {"choices", api::ArrayOf(choice)},
         {"phases", api::ArrayOf(phase)},
         {"pauses", api::ArrayOf(pause)},
         {"next_charge", NextChargeSchema()}});
}

Agreement WithBase(const AgreementRepository::Listed& listed, const billing::Catalog& catalog) {
    return listed.base ? FollowBase(listed.agreement, *listed.base, catalog) : listed.agreement;
}

}  // namespace

Result<Json> SubscriptionApi::List(const Call& call) const {
    const api::Paging paging = LIVERY_TRY(api::PagingOf(call));
    auto found = AgreementRepository::ListOfTenant(
        database_, call.tenant().id,
        {LIVERY_TRY(api::QueryId<AccountId>(call, "account")),
         LIVERY_TRY(api::PositionOf<SubscriptionId>(paging)), paging.limit + 1});
    const std::string next =
        api::CutToPage(found, paging, [](const auto& listed) { return listed.agreement.id; });
    const auto catalog = catalogs_.Of(call.tenant().id);
    const CivilTime now = time_.ToCivil(call.tenant(), call.request.now());
    Json data = Json::array();
    for (const auto& listed : found)
        data.push_back(JsonOf(WithBase(listed, *catalog), *catalog, now));
    return api::ListReply(std::move(data), next);
}

Result<Json> SubscriptionApi::Show(const Call& call) const {
    const SubscriptionId id = LIVERY_TRY(call.request.PathId<SubscriptionId>("id"));
    const auto found = AgreementRepository::FindOfTenant(database_, call.tenant().id, id);
    if (!found) return NotFound("no such subscription");
    const auto catalog = catalogs_.Of(call.tenant().id);
    return JsonOf(WithBase(*found, *catalog), *catalog,
                  time_.ToCivil(call.tenant(), call.request.now()));
}

void SubscriptionApi::AddTo(Registrar& registrar) const {
    registrar.Add(api::Schema{"Subscription", SubscriptionSchema()});
    registrar.Add(api::ListOf("SubscriptionList", "Subscription"));
    auto query = api::PagingParameters();
    query.push_back({"account", "Only those of one account.", api::IdText("acc")});
    registrar.Add(api::Operation{Method::kGet, "/api/v1/subscriptions", "listSubscriptions",
                                 "Subscriptions", "subscriptions:read", "List subscriptions", "",
                                 std::move(query), "", "SubscriptionList", 200,
                                 api::Reading([this](const Call& call) { return List(call); })});
    registrar.Add(api::Operation{Method::kGet,
                                 "/api/v1/subscriptions/:id",
                                 "getSubscription",
                                 "Subscriptions",
                                 "subscriptions:read",
                                 "One subscription",
                                 "",
                                 {},
                                 "",
                                 "Subscription",
                                 200,
                                 api::Reading([this](const Call& call) { return Show(call); })});
}

}  // namespace livery::subscriptions

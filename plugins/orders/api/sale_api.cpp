#include "api/sale_api.h"

#include <livery/api/schema.h>

namespace livery::orders {

using api::Call;
using api::Json;

Result<Json> SaleApi::Preview(const Call& call, Reader read) const {
    const Asked asked = LIVERY_TRY(read(call));
    return JsonOf(LIVERY_TRY(checkout_.Preview(call.tenant(), asked.account, asked.wish)));
}

Result<Json> SaleApi::Carry(db::Transaction& tx, const Call& call, Reader read) const {
    const Asked asked = LIVERY_TRY(read(call));
    const OrderCreator creator{"api", call.caller.name};
    const Instant now = call.request.now();
    Outcome outcome;
    if (asked.quote) {
        outcome = LIVERY_TRY(checkout_.ConfirmIn(
            tx, call.tenant(), {asked.account, asked.wish, *asked.quote, creator, now}));
    } else {
        const CivilTime civil = time_.ToCivil(call.tenant(), now);
        outcome =
            LIVERY_TRY(checkout_.Carry(tx, asked.account, asked.wish, creator, civil)).outcome;
    }
    return Json{{"order", api::IdOrNull(outcome.order)},
                {"subscription", api::IdOrNull(outcome.subscription)}};
}

void SaleApi::AddTo(Registrar& registrar) const {
    AddSaleSchemas(registrar);
    struct Way {
        const char* path;
        const char* id;
        const char* preview_id;
        const char* summary;
        const char* preview_summary;
        const char* body;
        Reader read;
        int status;
    };
    const Way ways[]{
        {"/api/v1/subscriptions", "createSubscription", "previewSubscription", "Buy a plan",
         "What a plan would cost", "Purchase", &AskedPurchase, 201},
        {"/api/v1/subscriptions/:id/changes", "changeSubscription", "previewChange",
         "Change, pause or cancel a subscription", "What a change would cost", "Change",
         &AskedChange, 200},
    };
    for (const Way& way : ways) {
        registrar.Add(api::Operation{Method::kPost,
                                     std::string(way.path) + "/preview",
                                     way.preview_id,
                                     "Subscriptions",
                                     "subscriptions:write",
                                     way.preview_summary,
                                     "Exactly the documents that would be made; nothing is kept "
                                     "but the quote, which is good "
                                     "for fifteen minutes.",
                                     {},
                                     way.body,
                                     "Quote",
                                     200,
                                     api::Reading([this, read = way.read](const Call& call) {
                                         return Preview(call, read);
                                     })});
        registrar.Add(api::Operation{
            Method::kPost,
            way.path,
            way.id,
            "Subscriptions",
            "subscriptions:write",
            way.summary,
            "With `quote`, exactly what the preview showed is charged, or `preview_expired` or "
            "`price_changed` says that it is no longer so. While something is past due, what costs "
            "more is refused with `past_due`; while it has suspended what the account has, all but "
            "cancelling and pausing with `account_blocked`.",
            {},
            way.body,
            "SaleOutcome",
            way.status,
            api::Writing([this, read = way.read](db::Transaction& tx, const Call& call) {
                return Carry(tx, call, read);
            })});
    }
}

}  // namespace livery::orders

#include "sandbox/provider.h"

#include "http/exchange.h"
#include "sandbox/api/body.h"
#include "sandbox/api/views.h"
#include "sandbox/pages/html.h"

namespace livery::sandbox {

namespace {

constexpr std::chrono::milliseconds kFlushLimit{2'000};

Json ScenarioTable() {
    Json list = Json::array();
    for (const Scenario& scenario : Scenarios()) {
        list.push_back({{"name", scenario.name},
                        {"token", TokenOf(scenario)},
                        {"card", CardNumber(scenario)},
                        {"amount", MagicAmount(scenario)},
                        {"kind", scenario.kind},
                        {"code", scenario.code}});
    }
    return {{"scenarios", std::move(list)}};
}

Response Style() {
    Response response;
    response.content_type = "text/css; charset=utf-8";
    response.headers.Set("Cache-Control", "max-age=300");
    response.body = Stylesheet();
    return response;
}

}  // namespace

Provider::Provider(ProviderOptions options, const Clock& clock)
    : store_(options.data + "/ledger.jsonl", options.delays, clock, http::FreshRequestId),
      door_(Server::Open(options.port)),
      api_(store_, faults_, options.merchants, "http://127.0.0.1:" + std::to_string(door_.port)),
      pages_(store_),
      webhooks_(store_, faults_, clock, options.merchants, options.webhooks),
      server_(door_, [this](const Request& request) { return Answer(request); }) {}

Reply Provider::Answer(const Request& request) {
    if (request.path.starts_with("/v1/")) {
        Reply reply = api_.Answer(request);
        if (reply.fault && reply.fault->fault == "webhook_first") webhooks_.Flush(kFlushLimit);
        webhooks_.Wake();
        return reply;
    }
    try {
        if (request.path.starts_with("/pay/")) {
            Response page = pages_.Answer(request);
            webhooks_.Wake();
            return {std::move(page)};
        }
        return {request.path == "/pay.css" ? Style() : Control(request)};
    } catch (const Refusal& refusal) {
        return {ErrorResponse(refusal)};
    }
}

// For tests and for whoever tries things out; a real provider has none of it.
Response Provider::Control(const Request& request) {
    const bool changes = !IsSafe(request.method);
    if (request.path == "/faults") {
        if (request.method == Method::kPost) faults_.Add(request.body);
        if (request.method == Method::kDelete) faults_.Clear();
        return JsonResponse(200, {{"faults", faults_.List()}});
    }
    if (request.path == "/clock") {
        std::int64_t forward = 0;
        if (changes) {
            Body body(request.body);
            forward = body.Amount("advance_seconds");
            body.Check();
        }
        const std::int64_t now = store_.Do("", [&](Draft& draft) {
            draft.change().clock = forward;
            return draft.now() + forward;
        });
        webhooks_.Wake();
        return JsonResponse(200, {{"now", now}});
    }
    if (request.path == "/scenarios") return JsonResponse(200, ScenarioTable());
    if (request.path == "/ledger") return Ledger(request);
    throw Refusal(404, "not_found", "There is no such thing.");
}

// The judge: every movement of money, of every merchant or of one reference.
Response Provider::Ledger(const Request& request) {
    const std::string_view reference = request.query.Get("reference");
    Json list = Json::array();
    const auto untold = store_.Read([&](const Book& book, std::int64_t) {
        for (const Movement& movement : book.movements()) {
            if (!reference.empty() && movement.reference != reference) continue;
            Json view = ViewOf(movement);
            view["merchant"] = movement.merchant;
            list.push_back(std::move(view));
        }
        return book.undelivered().size();
    });
    return JsonResponse(200, {{"movements", std::move(list)}, {"events_untold", untold}});
}

}  // namespace livery::sandbox

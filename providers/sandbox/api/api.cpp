#include "sandbox/api/api.h"

#include <fmt/format.h>

#include "sandbox/api/lookups.h"

namespace livery::sandbox {

namespace {

// "/v1/payments/pay_1" → payments, pay_1
std::vector<std::string> PathOf(const Request& request) {
    std::vector<std::string> parts;
    std::string_view rest = request.path;
    rest.remove_prefix(std::string_view("/v1").size());
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t slash = rest.find('/');
        parts.emplace_back(rest.substr(0, slash));
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    }
    return parts;
}

std::string WhatOf(const Request& request) {
    return fmt::format("{} {}", ToString(request.method), request.raw_target);
}

bool Changes(const Request& request) { return !IsSafe(request.method); }

// Setting a webhook twice is setting it.
bool NeedsKey(const Request& request) { return request.method != Method::kPut; }

std::string KeyOf(const Request& request) {
    const std::string key(request.headers.Find("Idempotency-Key").value_or(""));
    if (key.empty() && NeedsKey(request))
        throw Refusal(400, "key_missing", "Say an Idempotency-Key.");
    if (key.size() > 64) throw Refusal(400, "key_too_long", "A key has 64 characters at most.");
    return key;
}

Done Replayed(const KeptAnswer& answer, const std::string& print) {
    if (answer.print != print)
        throw Refusal(409, "key_reused", "This key was used for another request.");
    return {answer.status, Json::parse(answer.body)};
}

// Faults that are seen in what the answer says.
void Twist(const std::optional<Fault>& fault, Done& done) {
    if (!fault || !done.body.is_object()) return;
    if (fault->fault == "wrong_amount" && done.body.contains("amount"))
        done.body["amount"] = done.body["amount"].get<std::int64_t>() + 1;
    if (fault->fault == "wrong_currency" && done.body.contains("currency"))
        done.body["currency"] = done.body["currency"] == "USD" ? "EUR" : "USD";
    if (fault->fault == "unknown_state") done.body["state"] = "state_of_tomorrow";
    if (fault->fault == "error_in_success")
        done.body = {{"error", {{"code", "internal"}, {"message", "Something went wrong."}}}};
}

bool IsBeforeCommit(const std::optional<Fault>& fault) {
    if (!fault) return false;
    const std::string& name = fault->fault;
    return name == "refuse" || name == "rate_limited" || name.ends_with("_before_commit");
}

Response ErrorOf(const Fault& fault) {
    if (fault.fault != "rate_limited")
        return ErrorResponse({500, "internal", "Something went wrong."});
    Response response = ErrorResponse({429, "rate_limited", "Ask again later."});
    response.headers.Set("Retry-After", "2");
    return response;
}

}  // namespace

Response JsonResponse(int status, const Json& body) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = body.dump();
    return response;
}

Response ErrorResponse(const Refusal& refusal) {
    Json error{{"code", refusal.code}, {"message", refusal.message}};
    if (!refusal.fields.empty()) error["fields"] = refusal.fields;
    return JsonResponse(refusal.status, {{"error", std::move(error)}});
}

const Merchant& Api::Authenticated(const Request& request) const {
    const auto said = request.headers.Find("Authorization").value_or("");
    for (const Merchant& merchant : merchants_) {
        if (said == "Bearer " + merchant.api_key) return merchant;
    }
    throw Refusal(401, "bad_key", "This API key is not known.");
}

Reply Api::Answer(const Request& request) const {
    const std::optional<Fault> fault = faults_.Take(WhatOf(request), request.body);
    if (IsBeforeCommit(fault)) return {ErrorOf(*fault), fault};
    try {
        const Merchant& merchant = Authenticated(request);
        Done done = Changes(request) ? Change(request, merchant) : Look(request, merchant);
        Twist(fault, done);
        if (fault && fault->fault == "error_after_commit") return {ErrorOf(*fault), fault};
        return {JsonResponse(done.status, done.body), fault};
    } catch (const Refusal& refusal) {
        return {ErrorResponse(refusal), fault};
    }
}

Done Api::Change(const Request& request, const Merchant& merchant) const {
    const std::string key = KeyOf(request);
    const std::string print =
        fmt::format("{} {}\n{}", ToString(request.method), request.path, request.body);
    return store_.Do(merchant.id, [&](Draft& draft) {
        const KeptAnswer* before = draft.book().FindAnswer(merchant.id, key);
        if (!key.empty() && before != nullptr && draft.now() < before->at + draft.delays().key)
            return Replayed(*before, print);
        Done done = Operate(draft, request);
        if (!key.empty())
            draft.change().answers.push_back(
                {merchant.id, key, print, done.body.dump(), done.status, draft.now()});
        return done;
    });
}

Done Api::Operate(Draft& draft, const Request& request) const {
    const std::vector<std::string> path = PathOf(request);
    const bool post = request.method == Method::kPost;
    if (post && path.size() == 1 && path[0] == "payments")
        return operations_.StartPayment(draft, request.body);
    if (post && path.size() == 3 && path[0] == "payments" && path[2] == "capture")
        return operations_.Capture(draft, path[1], request.body);
    if (post && path.size() == 3 && path[0] == "payments" && path[2] == "cancel")
        return operations_.Cancel(draft, path[1]);
    if (post && path.size() == 1 && path[0] == "refunds")
        return operations_.CreateRefund(draft, request.body);
    if (post && path.size() == 1 && path[0] == "setups")
        return operations_.StartSetup(draft, request.body);
    if (request.method == Method::kDelete && path.size() == 2 && path[0] == "methods")
        return operations_.Detach(draft, path[1]);
    if (request.method == Method::kPut && path.size() == 1 && path[0] == "webhook")
        return operations_.SetWebhook(draft, request.body);
    throw Refusal(404, "not_found", "There is no such thing.");
}

Done Api::Look(const Request& request, const Merchant& merchant) const {
    return store_.Read([&](const Book& book, std::int64_t) {
        return Find({book, merchant.id, operations_.origin()}, PathOf(request), request.query);
    });
}

}  // namespace livery::sandbox

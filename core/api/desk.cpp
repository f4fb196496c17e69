#include "api/desk.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/db/attempt.h>
#include <livery/http/file_response.h>

#include "api/error_problem.h"
#include "identity/secrets.h"
#include "schema/bounded_json.h"

namespace livery::api {

namespace {

constexpr identity::RateLimiter::Rate kOfKey{120, 25};
constexpr identity::RateLimiter::Rate kOfStranger{30, 1};
constexpr std::size_t kLongestKey = 255;

// What was asked, whole: the same key for anything else is a mistake of the caller.
std::string HashOf(const Request& request) {
    return identity::TokenHash(
        fmt::format("{} {}\n{}", ToString(request.method), request.raw_target, request.body));
}

bool IsIdempotencyKey(std::string_view key) {
    return !key.empty() && key.size() <= kLongestKey &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool IsJson(const Request& request) {
    const std::string_view type = request.headers.Find("Content-Type").value_or("");
    const std::string_view media = type.substr(0, type.find(';'));
    return media == "application/json";
}

Response JsonResponse(int status, std::string body) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::move(body);
    response.headers.Set("Cache-Control", "no-store");
    return response;
}

// A copy: it outlives the headers.
std::optional<std::string> KeyOf(const Request& request) {
    const auto header = request.headers.Find("Idempotency-Key");
    if (!header) return std::nullopt;
    return std::string(*header);
}

Problem MalformedKey() {
    return {422, "malformed_idempotency_key",
            "An Idempotency-Key has 1 to 255 printable ASCII characters."};
}

Problem MissingKey() {
    return {422, "missing_idempotency_key",
            "Send an Idempotency-Key: if you hear no answer, repeat the request with the same."};
}

Response Repeated(const FirstAnswer& answer) {
    Response response = JsonResponse(answer.status, answer.body);
    if (answer.status >= 400) response.content_type = "application/problem+json";
    response.headers.Set("Idempotent-Replayed", "true");
    return response;
}

Problem InvalidRequest(std::vector<Problem::Wrong> errors) {
    Problem problem = GeneralProblem(422);
    problem.errors = std::move(errors);
    return problem;
}

}  // namespace

Response Desk::Answer(const Operation& operation, const RequestContext& request,
                      const Words& words) {
    try {
        return AnswerOrThrow(operation, request, words);
    } catch (const Refused& refused) {
        return ProblemResponse(refused.problem, request.request().request_id);
    }
}

Response Desk::AnswerOrThrow(const Operation& operation, const RequestContext& request,
                             const Words& words) {
    const Caller caller = Admit(operation, request);
    CheckQuery(operation, request.request());
    const Json body = BodyOf(operation, request.request());
    const Call call{request, caller, body};
    if (std::holds_alternative<Writing>(operation.handler)) return Write(operation, call, words);
    if (std::holds_alternative<Delivering>(operation.handler))
        return Deliver(operation, call, words);
    if (std::holds_alternative<std::shared_ptr<const Sending>>(operation.handler))
        return Send(operation, call, words);
    const Result<Json> reply = std::get<Reading>(operation.handler)(call);
    if (!reply) throw Refused{ProblemOf(reply.error(), words)};
    return Done(operation, *reply);
}

Caller Desk::Admit(const Operation& operation, const RequestContext& request) {
    const TenantId& tenant = request.tenant().id;
    const auto now = std::chrono::steady_clock::now();
    auto caller = parts_.keys.Authenticate(
        tenant, request.request().headers.Find("Authorization").value_or(""));
    const std::string bucket =
        fmt::format("{}|{}", tenant.value(),
                    caller ? caller->key.ToString() : request.request().client_address);
    if (!limiter_.Admit(bucket, caller ? kOfKey : kOfStranger, now))
        throw Refused{GeneralProblem(429)};
    if (!caller) throw Refused{GeneralProblem(401)};
    if (!caller->scopes.contains(operation.scope))
        throw Refused{{403, "missing_scope",
                       fmt::format("The key does not have the scope `{}`.", operation.scope)}};
    return *std::move(caller);
}

void Desk::CheckQuery(const Operation& operation, const Request& request) {
    for (const auto& [name, value] : request.query) {
        const bool known = std::any_of(operation.query.begin(), operation.query.end(),
                                       [&](const Parameter& one) { return one.name == name; });
        if (!known)
            throw Refused{
                InvalidRequest({{name, "unknown_parameter", "There is no such parameter."}})};
    }
    std::vector<Problem::Wrong> missing;
    for (const Parameter& parameter : operation.query) {
        if (parameter.required && !request.query.Find(parameter.name))
            missing.push_back({parameter.name, "missing", "It is needed."});
    }
    if (!missing.empty()) throw Refused{InvalidRequest(std::move(missing))};
}

Json Desk::BodyOf(const Operation& operation, const Request& request) const {
    if (operation.body.empty()) return nullptr;
    if (!IsJson(request)) throw Refused{GeneralProblem(415)};
    const Json body = schema::ParsedBounded(request.body);
    if (body.is_discarded()) throw Refused{GeneralProblem(400)};
    auto wrong = parts_.schemas.Check(operation.body, body);
    if (!wrong.empty()) throw Refused{InvalidRequest(std::move(wrong))};
    return body;
}

// A killed process: the work and its first answer are one transaction. Two at once with the same
// key: the second waits for the first to commit, and then gets the first one's answer.
Response Desk::Write(const Operation& operation, const Call& call, const Words& words) {
    const Request& request = call.request.request();
    const auto key = KeyOf(request);
    if (key && !IsIdempotencyKey(*key)) throw Refused{MalformedKey()};
    const std::string hash = HashOf(request);
    const std::string name = key.value_or("");
    const FirstAnswerRepository::Asked asked{call.caller.key, name, hash};
    const auto& writing = std::get<Writing>(operation.handler);
    Call prepared = call;
    if (operation.prepare) {
        auto result = operation.prepare(call);
        if (!result) throw Refused{ProblemOf(result.error(), words)};
        prepared.prepared = *std::move(result);
    }
    Result<Json> reply = Json();
    try {
        reply = db::Attempt<
            Json>(parts_.database, call.tenant().id, [&](db::Transaction& tx) -> Result<Json> {
            if (key) FirstAnswerRepository::Begin(tx, asked, parts_.clock.Now());
            Json done = LIVERY_TRY(writing(tx, prepared));
            parts_.audit.Record(tx, {.action = "api.called",
                                     .address = request.client_address,
                                     .detail = CallDetail(operation, call.caller)});
            if (key)
                FirstAnswerRepository::Finish(tx, asked, {operation.status, done.dump() + "\n"});
            return done;
        });
    } catch (const FirstAnswerRepository::KeyIsTaken&) {
        return Replay(call, asked);
    }
    if (!reply) throw Refused{ProblemOf(reply.error(), words)};
    return Done(operation, *reply);
}

Response Desk::Send(const Operation& operation, const Call& call, const Words& words) {
    const Request& request = call.request.request();
    const auto key = KeyOf(request);
    if (!key) throw Refused{MissingKey()};
    if (!IsIdempotencyKey(*key)) throw Refused{MalformedKey()};
    const std::string hash = HashOf(request);
    auto told = sending_.Answer(operation, call, {call.caller.key, *key, hash}, words);
    if (const auto* answer = std::get_if<FirstAnswer>(&told)) return Repeated(*answer);
    if (const auto* reply = std::get_if<Json>(&told)) return Done(operation, *reply);
    Problem& problem = std::get<Problem>(told);
    const auto& sending = *std::get<std::shared_ptr<const Sending>>(operation.handler);
    CheckReply(operation, problem.members.empty() ? "Problem" : sending.problem,
               JsonOf(problem, request.request_id));
    throw Refused{std::move(problem)};
}

Response Desk::Replay(const Call& call, const FirstAnswerRepository::Asked& asked) const {
    const auto found = FirstAnswerRepository::Find(parts_.database, call.tenant().id, asked);
    if (!found) throw std::runtime_error("a first answer that is gone already");
    if (found->request_hash != asked.request_hash) throw Refused{KeyReused()};
    return Repeated(found->answer);
}

Response Desk::Deliver(const Operation& operation, const Call& call, const Words& words) const {
    Result<File> file = std::get<Delivering>(operation.handler)(call);
    if (!file) throw Refused{ProblemOf(file.error(), words)};
    const std::string media = file->type.substr(0, file->type.find(';'));
    const auto& declared = operation.files;
    if (std::find(declared.begin(), declared.end(), media) == declared.end())
        throw std::runtime_error(fmt::format("{} answers {}, which its document does not say",
                                             operation.id, file->type));
    Response response = FileToSave(std::move(file->bytes), std::move(file->type), file->name);
    response.status = operation.status;
    response.headers.Set("Cache-Control", "no-store");
    return response;
}

void Desk::CheckReply(const Operation& operation, const std::string& schema,
                      const Json& reply) const {
    if (!parts_.checks_replies) return;
    for (const Problem::Wrong& wrong : parts_.schemas.Check(schema, reply))
        throw std::runtime_error(fmt::format("the reply of {} is not what its schema says: {} {}",
                                             operation.id, wrong.field, wrong.detail));
}

Response Desk::Done(const Operation& operation, const Json& reply) const {
    CheckReply(operation, operation.reply, reply);
    return JsonResponse(operation.status, reply.dump() + "\n");
}

}  // namespace livery::api

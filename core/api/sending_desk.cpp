#include "api/sending_desk.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include <livery/db/attempt.h>
#include <livery/failpoint.h>

#include "api/error_problem.h"

namespace livery::api {

namespace {

// A repeat need not wait for all of a claim: most are over in a moment.
constexpr std::chrono::seconds kLongestWait{5};

const Sending& SendingOfOperation(const Operation& operation) {
    return *std::get<std::shared_ptr<const Sending>>(operation.handler);
}

Problem KeyInUse(Instant claim, Instant now) {
    Problem problem{409, "idempotency_key_in_use",
                    "A request with this Idempotency-Key is being answered; ask again as the "
                    "header Retry-After says."};
    const auto left = std::chrono::ceil<std::chrono::seconds>(claim - now);
    problem.retry_after = std::clamp(left, std::chrono::seconds(1), kLongestWait);
    return problem;
}

Problem ToProblem(Trouble trouble, const SendingDesk::Words& words) {
    Problem problem = ProblemOf(Error{ErrorCode::kConflict, std::move(trouble.code), {}}, words);
    problem.status = trouble.status;
    problem.retry_after = trouble.retry_after;
    problem.members = std::move(trouble.members);
    return problem;
}

}  // namespace

Problem KeyReused() {
    return {422, "idempotency_key_reused", "This Idempotency-Key was used for another request."};
}

std::string CallDetail(const Operation& operation, const Caller& caller) {
    return fmt::format("{} by {} {}", operation.id, caller.key.ToString(), caller.name);
}

SendingDesk::Told SendingDesk::Answer(const Operation& operation, const Call& call,
                                      const Asked& asked, const Words& words) {
    Begin begin = BeginOrRepeat(operation, call, asked, words);
    if (auto* answer = std::get_if<FirstAnswer>(&begin)) return std::move(*answer);
    if (auto* problem = std::get_if<Problem>(&begin)) return std::move(*problem);
    const Begun& begun = std::get<Begun>(begin);
    LIVERY_FAILPOINT("api.begun");
    auto finished = SendingOfOperation(operation).finish(call, begun.note, begun.is_repeat);
    LIVERY_FAILPOINT("api.finished");
    if (!finished) {
        Keep(call, asked, begun.claim, Finished::Key::kOpen, {});
        return ProblemOf(finished.error(), words);
    }
    if (auto* trouble = std::get_if<Trouble>(&finished->answer)) {
        Problem problem = ToProblem(std::move(*trouble), words);
        const std::string& id = call.request.request().request_id;
        Keep(call, asked, begun.claim, finished->key,
             {problem.status, TextOf(JsonOf(problem, id))});
        return problem;
    }
    auto reply = std::get<Json>(std::move(finished->answer));
    Keep(call, asked, begun.claim, finished->key, {operation.status, reply.dump() + "\n"});
    return reply;
}

SendingDesk::Begin SendingDesk::BeginOrRepeat(const Operation& operation, const Call& call,
                                              const Asked& asked, const Words& words) {
    try {
        auto begun = db::Attempt<Begun>(database_, call.tenant().id, [&](db::Transaction& tx) {
            return BeginIn(tx, operation, call, asked);
        });
        if (!begun) return ProblemOf(begun.error(), words);
        return *std::move(begun);
    } catch (const FirstAnswerRepository::KeyIsTaken&) {
        return Repeat(call, asked);
    }
}

Result<SendingDesk::Begun> SendingDesk::BeginIn(db::Transaction& tx, const Operation& operation,
                                                const Call& call, const Asked& asked) {
    const Instant now = clock_.Now();
    FirstAnswerRepository::Begin(tx, asked, now);
    Begun begun{LIVERY_TRY(SendingOfOperation(operation).begin(tx, call)), now + kClaimHolds,
                false};
    audit_.Record(tx, {.action = "api.called",
                       .address = call.request.request().client_address,
                       .detail = CallDetail(operation, call.caller)});
    FirstAnswerRepository::Note(tx, asked, begun.note.dump(), begun.claim);
    return begun;
}

SendingDesk::Begin SendingDesk::Repeat(const Call& call, const Asked& asked) {
    auto found = FirstAnswerRepository::Find(database_, call.tenant().id, asked);
    const Instant now = clock_.Now();
    // Its answer was that nothing was done, and it is gone meanwhile: the next repeat begins.
    if (!found) return KeyInUse(now, now);
    if (found->request_hash != asked.request_hash) return KeyReused();
    if (found->answer.status != 0) return std::move(found->answer);
    if (!found->claimed_until) throw std::runtime_error("an Idempotency-Key without a claim");
    const Instant claim = now + kClaimHolds;
    bool taken = false;
    database_.Transact(call.tenant().id, [&](db::Transaction& tx) {
        taken = FirstAnswerRepository::TakeOver(tx, asked, now, claim);
    });
    if (!taken) return KeyInUse(*found->claimed_until, now);
    return Begun{Json::parse(found->note), claim, true};
}

void SendingDesk::Keep(const Call& call, const Asked& asked, Instant claim, Finished::Key key,
                       const FirstAnswer& answer) {
    database_.Transact(call.tenant().id, [&](db::Transaction& tx) {
        switch (key) {
            case Finished::Key::kKept:
                return FirstAnswerRepository::Settle(tx, asked, claim, answer);
            case Finished::Key::kOpen:
                return FirstAnswerRepository::Release(tx, asked, claim, clock_.Now());
            case Finished::Key::kFree:
                return FirstAnswerRepository::Forget(tx, asked, claim);
        }
    });
}

}  // namespace livery::api

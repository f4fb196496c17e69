#pragma once

#include <functional>
#include <string>
#include <variant>

#include <livery/api/sending.h>
#include <livery/ports/audit.h>
#include <livery/time/clock.h>

#include "api/first_answer_repository.h"
#include "api/problem.h"

namespace livery::api {

// Answers what is done in two steps (livery/api/sending.h): claims the key and begins, finishes
// with no transaction open, keeps the answer. Thread: any.
class SendingDesk {
 public:
    SendingDesk(db::Database& database, const Clock& clock, Audit& audit)
        : database_(database), clock_(clock), audit_(audit) {}

    // For so long nobody else finishes what somebody has begun: as long as calls of it may take.
    // Whoever repeats the request of a process that died is told to wait until it is over.
    static constexpr std::chrono::seconds kClaimHolds{60};

    using Words = std::function<std::string(const std::string& key)>;
    // A reply; a first answer, once more; or a problem.
    using Told = std::variant<Json, FirstAnswer, Problem>;
    Told Answer(const Operation& operation, const Call& call,
                const FirstAnswerRepository::Asked& asked, const Words& words);

 private:
    struct Begun {
        Json note;
        Instant claim{};
        bool is_repeat = false;
    };
    using Begin = std::variant<Begun, FirstAnswer, Problem>;
    using Asked = FirstAnswerRepository::Asked;

    Begin BeginOrRepeat(const Operation& operation, const Call& call, const Asked& asked,
                        const Words& words);
    Result<Begun> BeginIn(db::Transaction& tx, const Operation& operation, const Call& call,
                          const Asked& asked);
    Begin Repeat(const Call& call, const Asked& asked);
    void Keep(const Call& call, const Asked& asked, Instant claim, Finished::Key key,
              const FirstAnswer& answer);

    db::Database& database_;
    const Clock& clock_;
    Audit& audit_;
};

// The first answer that was kept of another request under the same key.
Problem KeyReused();
// What the log of a tenant says of a call.
std::string CallDetail(const Operation& operation, const Caller& caller);

}  // namespace livery::api

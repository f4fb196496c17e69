#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <livery/api/operation.h>

#include "api/keys.h"
#include "api/problem.h"
#include "api/schema_book.h"
#include "api/sending_desk.h"
#include "identity/rate_limiter.h"

namespace livery::api {

// Answers calls: key, rate, scope, body, handler, first answer, reply. Thread: any.
class Desk {
 public:
    struct Parts {
        db::Database& database;
        const Clock& clock;  // the machine's: how long first answers are kept
        Audit& audit;
        Keys& keys;
        const SchemaBook& schemas;
        bool checks_replies = false;  // a reply that its schema refuses is a failure: for tests
    };
    explicit Desk(const Parts& parts)
        : parts_(parts), sending_(parts.database, parts.clock, parts.audit) {}

    // What the plugin's text key says to a person; the key itself when nothing does.
    using Words = std::function<std::string(const std::string& key)>;
    Response Answer(const Operation& operation, const RequestContext& request, const Words& words);

 private:
    struct Refused {
        Problem problem;
    };
    Response AnswerOrThrow(const Operation& operation, const RequestContext& request,
                           const Words& words);
    Caller Admit(const Operation& operation, const RequestContext& request);
    static void CheckQuery(const Operation& operation, const Request& request);
    Json BodyOf(const Operation& operation, const Request& request) const;
    Response Deliver(const Operation& operation, const Call& call, const Words& words) const;
    Response Write(const Operation& operation, const Call& call, const Words& words);
    Response Send(const Operation& operation, const Call& call, const Words& words);
    Response Replay(const Call& call, const FirstAnswerRepository::Asked& asked) const;
    void CheckReply(const Operation& operation, const std::string& schema, const Json& reply) const;
    Response Done(const Operation& operation, const Json& reply) const;

    Parts parts_;
    SendingDesk sending_;
    identity::RateLimiter limiter_;
};

}  // namespace livery::api

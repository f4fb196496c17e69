#pragma once

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <livery/api/operation.h>
#include <livery/api/schema.h>

namespace livery::api {

// A handler that calls a provider, in two steps. No transaction may be open while a provider is
// asked, and what is asked of it must be written down before it is sent; so the answer of an
// Idempotency-Key cannot be kept in the transaction of the work, as it is for a Writing.
//
// 1. `begin`, in the transaction that claims the key: what is going to be done, and a note of it.
//    It commits, or an Error leaves nothing and the key is free.
// 2. `finish`, with no transaction open: does it by that note, and says what came of it.
// 3. The answer is kept, in a transaction of its own.
//
// A process that dies between 1 and 3 leaves the note: a repeat of the request comes to `finish`
// once more (`is_repeat`), which must find out what became of the first time and do nothing twice.
// Two of the same key at once: the second is refused (409 `idempotency_key_in_use`). A caller must
// send the header Idempotency-Key: without it nobody could ask again.
//
// core/api/README.md walks a process that is killed at each step through it.

// It came to nothing, or nobody knows yet. `code` is a text key of the plugin, as an Error's.
struct Trouble {
    int status = 502;  // 402 refused by who pays, 502 by what lies between, 503 not now
    std::string code;
    Json members = Json::object();  // beside those of every problem: the `problem` schema's
    std::optional<std::chrono::seconds> retry_after = {};
};

struct Finished {
    std::variant<Json, Trouble> answer;
    enum class Key : std::uint8_t {
        kKept,  // this is the answer for good: a repeat gets it
        kOpen,  // it is not over: a repeat finishes once more, by the same note
        kFree,  // nothing was done: a repeat begins from the start
    };
    Key key = Key::kKept;
};

struct Sending {
    std::function<Result<Json>(db::Transaction& tx, const Call&)> begin;
    // An Error is a problem, and the key stays open.
    std::function<Result<Finished>(const Call&, const Json& note, bool is_repeat)> finish;
    std::string problem = "Problem";  // the Schema of a Trouble
};

// The schema of a problem with members of its own.
Json ProblemWith(std::string_view description, std::initializer_list<Member> members);

inline std::shared_ptr<const Sending> SendingOf(Sending sending) {
    return std::make_shared<const Sending>(std::move(sending));
}

}  // namespace livery::api

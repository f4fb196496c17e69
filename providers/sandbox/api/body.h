#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "sandbox/api/refusal.h"

namespace livery::sandbox {

// Reads the body of a request, strictly: every field must be known and of its type. Faults are
// collected; Check throws them all as one Refusal (422).
class Body {
 public:
    // Refusal (400) for what is no JSON object.
    explicit Body(std::string_view text);

    enum class Need { kRequired, kOptional };
    std::string Text(const std::string& name, std::size_t most, Need need);
    // 1 and more; 0 when it is absent.
    std::int64_t Amount(const std::string& name, Need need = Need::kRequired);
    std::int64_t Integer(const std::string& name, std::int64_t absent);
    bool Flag(const std::string& name, bool absent);
    std::string Currency(const std::string& name);
    void Texts(const std::string& name);  // an object of texts; read and forgotten
    void Wrong(const std::string& name, std::string why) { wrong_[name] = std::move(why); }

    void Check();

 private:
    // nullptr when it is not there, which is a fault of a required one.
    const Json* Take(const std::string& name, Need need);

    Json json_;
    std::set<std::string> known_;
    Json wrong_ = Json::object();
};

}  // namespace livery::sandbox

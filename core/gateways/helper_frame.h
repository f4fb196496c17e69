#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace livery::gateways {

// What host and helper say to each other: a letter, and fields. One call at a time, so nothing is
// numbered: between a call and its result stand the services that the gateway asks for. Both ends
// are of one build; the host trusts nothing that it reads, for a gateway may write here too.
struct HelperFrame {
    enum class Kind : char {
        kReady = 'Y',    // helper: why not ("": open), the contract's major, minor, what is weaker
        kCreate = 'C',   // host: instance, config
        kDestroy = 'D',  // host: instance
        kInvoke = 'I',   // host: instance, operation, call id, deadline, body
        kService = 'S',  // helper: service, request
        kServed = 'A',   // host: code, answer
        kLog = 'L',      // helper: level, line
        kResult = 'R',   // helper: code, answer
    };
    Kind kind = Kind::kResult;
    std::vector<std::string> fields;

    std::string Encode() const;
    // nullopt for what Encode did not write.
    static std::optional<HelperFrame> Decode(std::string_view bytes);

    // "" when there is no such field.
    const std::string& Text(std::size_t field) const;
    // 0 when there is none, or it is no number.
    std::int64_t Number(std::size_t field) const;
};

}  // namespace livery::gateways

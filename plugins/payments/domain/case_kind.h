#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace livery::payments {

// What kinds of cases have in common, for whoever looks for one.
enum class CaseGroup {
    kDecide,  // nobody knows what became of the money: somebody says so
    kBank,    // the payer's bank did something
    kBooks,   // the money moved, and the books are to follow or have followed
};
std::string_view ToString(CaseGroup group);
std::optional<CaseGroup> CaseGroupFrom(std::string_view word);

// Every kind that is opened is of one group. Pure; any thread.
std::span<const std::string_view> KindsOf(CaseGroup group);
// Whether there are words of its own for it; another one is older, or newer, than this program.
bool IsKnownKind(std::string_view kind);

}  // namespace livery::payments

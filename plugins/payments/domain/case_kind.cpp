#include "domain/case_kind.h"

#include <algorithm>
#include <array>

namespace livery::payments {

namespace {

constexpr std::array kGroups{CaseGroup::kDecide, CaseGroup::kBank, CaseGroup::kBooks};

constexpr std::array<std::string_view, 8> kDecide{
    "other_amount", "took_more",         "took_unsaid",         "other_payment",
    "unresolved",   "refund_unresolved", "refund_other_amount", "refund_came_back"};
constexpr std::array<std::string_view, 3> kBank{"dispute", "bank_not_followed", "refund_lost"};
constexpr std::array<std::string_view, 8> kBooks{
    "late_success", "took_other_currency", "took_another_time", "taken_again",
    "not_reversed", "refund_not_booked",   "refund_late",       "refund_unordered"};

}  // namespace

std::string_view ToString(CaseGroup group) {
    switch (group) {
        case CaseGroup::kDecide:
            return "decide";
        case CaseGroup::kBank:
            return "bank";
        case CaseGroup::kBooks:
            return "books";
    }
    return "";
}

std::optional<CaseGroup> CaseGroupFrom(std::string_view word) {
    for (const CaseGroup group : kGroups) {
        if (ToString(group) == word) return group;
    }
    return std::nullopt;
}

std::span<const std::string_view> KindsOf(CaseGroup group) {
    switch (group) {
        case CaseGroup::kDecide:
            return kDecide;
        case CaseGroup::kBank:
            return kBank;
        case CaseGroup::kBooks:
            return kBooks;
    }
    return {};
}

bool IsKnownKind(std::string_view kind) {
    return std::any_of(kGroups.begin(), kGroups.end(), [&](CaseGroup group) {
        const auto kinds = KindsOf(group);
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    });
}

}  // namespace livery::payments

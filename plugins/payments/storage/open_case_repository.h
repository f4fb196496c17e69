#pragma once

#include "domain/case_kind.h"
#include "storage/case_repository.h"

namespace livery::payments {

// A case as staff find it in a list, with what it is about.
struct OpenCase {
    Case one;
    AccountId account;
    PaymentState state = PaymentState::kCreated;
    Money amount;  // asked
};

// Of any state: who has seen to it, if anybody has.
struct FoundCase {
    bool is_open = false;
    Instant closed_at{};
    std::string by;
    std::string answer;
};

// Cases for the lists and pages of staff. What changes them is CaseRepository's.
class OpenCaseRepository {
 public:
    // By when they were opened, those after one of them; in one statement.
    static std::vector<OpenCase> Page(db::Database& database, const TenantId& tenant,
                                      std::optional<CaseGroup> group,
                                      const std::optional<Case>& after, std::size_t most);
    static std::int64_t Count(db::Database& database, const TenantId& tenant);
    // By its whole name: not one that was opened again since. nullopt: there is none.
    static std::optional<FoundCase> Find(db::Database& database, const TenantId& tenant,
                                         const Case& one);
};

}  // namespace livery::payments

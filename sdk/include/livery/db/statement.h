#pragma once

#include <cstddef>
#include <string_view>

namespace livery::db {

// SQL with a name, for logs and timings. Both are literals: statements are constants at the top of
// a `*_repository.cpp`.
//
// Every statement names its tenant with the parameter `:tenant`, which the transaction binds
// itself: no caller can pass another tenant's id. The constructor is evaluated by the compiler and
// refuses text that does not hold `tenant_id = :tenant` (or, for INSERT, `(tenant_id, …` with
// `(:tenant, …`), so a forgotten predicate does not build. All other parameters are `?`.
//
//     constexpr Statement kFindOwned{"subscriptions.find_owned",
//         "SELECT state FROM subscriptions_subscription "
//         "WHERE tenant_id = :tenant AND account_id = ? AND id = ?"};
class Statement {
 public:
    template <std::size_t N, std::size_t M>
    consteval Statement(const char (&name)[N], const char (&sql)[M])
        : name_(name, N - 1), sql_(sql, M - 1) {
        if (!NamesTenant(sql_)) throw "SQL without tenant_id = :tenant; see CrossTenantStatement";
    }
    constexpr std::string_view name() const { return name_; }
    constexpr std::string_view sql() const { return sql_; }

 private:
    static constexpr bool Has(std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
    }
    static constexpr bool NamesTenant(std::string_view sql) {
        if (Has(sql, "tenant_id = :tenant")) return true;
        return Has(sql, "INSERT") && Has(sql, "(tenant_id,") && Has(sql, "(:tenant,");
    }
    std::string_view name_;
    std::string_view sql_;
};

// The visible exception: work of the host itself over all tenants of a database (claiming due
// mail, migrating). Used in core only; a rule test lists every use.
class CrossTenantStatement {
 public:
    template <std::size_t N, std::size_t M>
    consteval CrossTenantStatement(const char (&name)[N], const char (&sql)[M])
        : name_(name, N - 1), sql_(sql, M - 1) {}
    constexpr std::string_view name() const { return name_; }
    constexpr std::string_view sql() const { return sql_; }

 private:
    std::string_view name_;
    std::string_view sql_;
};

}  // namespace livery::db

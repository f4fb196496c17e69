#pragma once

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "adapters/system_clock.h"
#include "audit/audit_log.h"
#include "db/testing/private_server.h"
#include "identity/identity_service.h"

namespace livery::identity::testing {

// People at two tenants over a real database, with a clock to be set.
class IdentityTest : public ::testing::Test {
 protected:
    static db::testing::PrivateServer& Get() {
        static db::testing::PrivateServer server({"db", "identity", "audit"}, 8);
        return server;
    }
    void SetUp() override {
        auto loan = Get().pool.Borrow();
        for (const char* table :
             {"identity_user", "identity_session", "identity_token", "identity_second_factor",
              "identity_recovery_code", "audit_entry"})
            loan->Run(std::string("DELETE FROM ") + table);
    }

    UserId Add(const TenantId& tenant, const std::string& email, bool verified = true) {
        UserId user;
        const std::string hash = *identity.HashPassword(kPassword);
        database.Transact(tenant, [&](db::Transaction& tx) {
            user = *identity.CreateUser(tx, {email, "Ann", hash, SubjectId(ids.Next()), ""});
            if (verified) identity.MarkVerified(tx, user);
        });
        return user;
    }
    Result<Identity::SignInOutcome> SignIn(const TenantId& tenant, const std::string& email,
                                           const std::string& password) {
        return identity.SignIn({tenant, email, password, "192.0.2.1", "test", false});
    }

    static constexpr const char* kPassword = "correct horse battery";
    const TenantId harbor{"harbor"};
    const TenantId lumen{"lumen"};
    db::MariadbDatabase& database = Get().database;
    FixedClock clock{Date(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(9)};
    adapters::SystemIdSource ids{clock};
    audit::AuditLog audit{database, clock, ids};
    IdentityService identity{database, clock, ids, audit};
};

}  // namespace livery::identity::testing

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/identity.h>

#include "dispatch/session_source.h"

namespace livery::identity {

struct NewSession {
    std::string token_hash;
    SessionId id;
    UserId user;
    std::string csrf_token;
    Instant now;
    Instant idle_at;
    Instant ends_at;
    bool remember = false;
    dispatch::Stage stage = dispatch::Stage::kWhole;
    std::string address;
    std::string user_agent;
};

// A session as the hot path reads it.
struct FoundSession {
    dispatch::SessionState state;
    Instant last_seen_at;
    bool remembered = false;
};

// A session that waits for a step of signing in.
struct HalfOpenSession {
    bool remember = false;
    std::string user_agent;
};

// All SQL of sessions. Only the token's hash is stored: the table is of no use to a thief.
class SessionRepository {
 public:
    static void Insert(db::Transaction& tx, const NewSession& session);
    // One statement that joins session, user and the version of what the subject sees.
    static std::optional<FoundSession> Find(db::Database& database, const TenantId& tenant,
                                            const std::string& token_hash, Instant now);
    static std::optional<HalfOpenSession> FindHalfOpen(db::Transaction& tx, UserId user,
                                                       SessionId session, dispatch::Stage stage);
    // Whether the session is remembered; nullopt when there is none.
    static std::optional<bool> Rotate(db::Transaction& tx, UserId user, SessionId session,
                                      const std::string& new_token_hash);
    static void Touch(db::Transaction& tx, const std::string& token_hash, Instant now,
                      Instant idle_at);
    static std::uint64_t DeleteById(db::Transaction& tx, UserId user, SessionId session);
    // All of the user but one; a nil id spares none.
    static void DeleteOthers(db::Transaction& tx, UserId user, SessionId keep);
    // What is over already: nobody can come back to it.
    static void DeleteEnded(db::Transaction& tx, UserId user, Instant now);
    static std::vector<Identity::Session> List(db::Database& database, const TenantId& tenant,
                                               UserId user, Instant now);
};

}  // namespace livery::identity

#include "identity/open_session.h"

#include <livery/card_number.h>

#include "identity/rules.h"
#include "identity/secrets.h"
#include "identity/session_repository.h"

namespace livery::identity {

namespace {

// A header may hold any bytes; what we store and show is ASCII.
std::string PlainText(const std::string& bytes, std::size_t most) {
    std::string text = bytes.substr(0, most);
    for (char& c : text) {
        if (c < 0x20 || c > 0x7E) c = '?';
    }
    return text;
}

std::chrono::minutes LifetimeOf(const SessionStart& start) {
    switch (start.stage) {
        case dispatch::Stage::kSecondFactorDue:
            return kHalfOpen;
        case dispatch::Stage::kEnrolmentDue:
            return kEnrolment;
        case dispatch::Stage::kWhole:
            break;
    }
    return start.remember ? kRemembered : kAbsolute;
}

}  // namespace

SessionCookie OpenSession(db::Transaction& tx, IdSource& ids, Instant now,
                          const SessionStart& start) {
    NewSession session;
    const bool whole = start.stage == dispatch::Stage::kWhole;
    SessionCookie cookie{RandomToken(), start.remember && whole};
    session.token_hash = TokenHash(cookie.token);
    session.id = SessionId(ids.Next());
    session.user = start.user;
    session.csrf_token = RandomToken();
    session.now = now;
    session.ends_at = now + LifetimeOf(start);
    // A remembered session has no idle limit of its own; a half-open one ends before it matters.
    session.idle_at = start.remember || !whole ? session.ends_at : now + kIdle;
    session.remember = start.remember;
    session.stage = start.stage;
    session.address = start.address.substr(0, 64);
    // A header takes whatever somebody puts there: it is kept, so no number of a card is in it.
    session.user_agent = PlainText(WithoutCardNumbers(start.user_agent), 200);
    SessionRepository::Insert(tx, session);
    return cookie;
}

SessionCookie RotateSession(db::Transaction& tx, UserId user, SessionId session) {
    SessionCookie cookie{RandomToken(), false};
    const auto remember = SessionRepository::Rotate(tx, user, session, TokenHash(cookie.token));
    if (!remember) return {};
    cookie.remember = *remember;
    return cookie;
}

}  // namespace livery::identity

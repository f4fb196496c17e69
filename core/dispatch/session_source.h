#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <livery/http/request_context.h>
#include <livery/http/route.h>
#include <livery/realm.h>

namespace livery::dispatch {

// How far somebody has come in signing in.
enum class Stage : std::uint8_t {
    kWhole,
    kSecondFactorDue,  // the password was right; the code is to come
    kEnrolmentDue,     // the same of the staff, who have no second factor yet and need one
};

// What one look-up by the session cookie tells.
struct SessionState {
    Visitor visitor;
    Stage stage = Stage::kWhole;
    Realm realm = Realm::kPortal;
    std::string csrf_token;          // as it stands in forms
    std::uint64_t data_version = 0;  // of what the subject sees; see Transaction::Touch
};

// What dispatch needs of identity. Implemented there. Thread: any worker.
class SessionSource {
 public:
    virtual ~SessionSource() = default;
    // nullopt: no such session, ended, or of another tenant. One round trip to the database.
    virtual std::optional<SessionState> Find(const TenantId& tenant, std::string_view token) = 0;
    // Stores a visitor's choice of language or colours ("" leaves it).
    virtual void ChooseDisplay(const TenantId& tenant, const Visitor& visitor,
                               const std::string& locale, const std::string& color_scheme) = 0;
    // False when the address has asked too often.
    virtual bool Admit(const TenantId& tenant, RateClass rate, const std::string& address) = 0;
};

}  // namespace livery::dispatch

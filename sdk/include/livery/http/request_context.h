#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include <livery/check.h>
#include <livery/http/request.h>
#include <livery/ids.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>
#include <livery/time/instant.h>
#include <livery/view/formatter.h>

namespace livery {

// Who is signed in.
struct Visitor {
    SessionId session;
    UserId user;
    SubjectId subject;
    std::string display_name;
    std::string email;
    bool verified = false;
    std::string language;       // the user's own choice; "" = the tenant's default
    std::string time_zone;      // "" = the tenant's
    std::string color_scheme;   // auto, light, dark
    std::string session_token;  // the cookie's value: to end or rotate the session
    std::set<std::string> roles;  // of the staff; nobody has any in the portal
};

// All that a handler may know of its request. Lives as long as the handler runs.
class RequestContext {
 public:
    RequestContext(const Request& request, const Tenant& tenant, const Formatter& format,
                   const FormatterSource& formatters, const Params& path, Instant now,
                   const Visitor* visitor)
        : request_(request),
          tenant_(tenant),
          format_(format),
          formatters_(formatters),
          path_(path),
          now_(now),
          visitor_(visitor) {}

    const Request& request() const { return request_; }
    const Tenant& tenant() const { return tenant_; }
    const Formatter& format() const { return format_; }
    Instant now() const { return now_; }
    Date today() const { return format_.DayOf(now_); }

    // The words of another plugin, for this person.
    std::unique_ptr<const Formatter> FormatterOf(const std::string& plugin) const {
        return formatters_.FormatterOf(plugin);
    }
    // The same request in other words; `format` must outlive what is returned.
    RequestContext With(const Formatter& format) const {
        return {request_, tenant_, format, formatters_, path_, now_, visitor_};
    }

    bool signed_in() const { return visitor_ != nullptr; }
    // Only on routes with Access::kSignedIn, kSecondFactor or kEnrolment.
    const Visitor& visitor() const {
        LIVERY_CHECK(visitor_ != nullptr, "the route does not ask for a session");
        return *visitor_;
    }

    // Whether who is signed in may do it: for what a page offers. Routes are checked by themselves.
    bool May(std::string_view permission) const {
        return visitor_ != nullptr && Allows(tenant_.roles, visitor_->roles, permission);
    }

    std::string_view Form(std::string_view field) const { return request_.form.Get(field); }
    std::string_view Query(std::string_view name) const { return request_.query.Get(name); }
    std::string_view Path(std::string_view name) const { return path_.Get(name); }
    // An id from the path. Malformed is "not there": it tells nothing about what exists.
    template <class TypedId>
    Result<TypedId> PathId(std::string_view name) const {
        const auto id = TypedId::Parse(path_.Get(name));
        if (!id) return NotFound("malformed id in the path");
        return *id;
    }
    // The settings of the plugin itself, as its config type.
    template <class Settings>
    const Settings& SettingsOf(const std::string& plugin) const {
        return tenant_.SettingsOf<Settings>(plugin);
    }

 private:
    const Request& request_;
    const Tenant& tenant_;
    const Formatter& format_;
    const FormatterSource& formatters_;
    const Params& path_;
    Instant now_;
    const Visitor* visitor_;
};

// The account of whoever is signed in.
inline AccountId AccountOf(const RequestContext& request) {
    return AccountOf(request.visitor().subject);
}

}  // namespace livery

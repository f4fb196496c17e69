#pragma once

#include <livery/http/request_context.h>
#include <livery/view/form_page.h>

#include "app/door.h"
#include "domain/account.h"

namespace livery::accounts {

// The forms of the profile, filled with what is known.
struct PreferenceValues {
    std::string name;
    std::string locale;
    std::string time_zone;
    std::string scheme;
};
FormPage PreferencesForm(const RequestContext& request, const PreferenceValues& values);
FormPage EmailForm(const RequestContext& r);
FormPage PasswordForm(const RequestContext& request, const Door& door);
// A nil id: a new one.
FormPage AddressForm(const RequestContext& request, const Address& address);
FormPage ContactForm(const RequestContext& request, const Contact& contact);

// The one of the tenant's locales that the page is shown in.
std::string ShownLocale(const RequestContext& request);

// Time zones that the form offers: the tenant's, and the ones of its markets.
bool IsOfferedZone(const RequestContext& request, std::string_view zone);

}  // namespace livery::accounts

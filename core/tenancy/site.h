#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <livery/tenancy/tenant.h>

#include "tenancy/gateway_config.h"
#include "view/theme_tokens.h"

namespace livery::tenancy {

struct LegalLink {
    std::map<std::string, std::string> label;  // by language
    std::string href;
};

// A tenant with all that its pages and mails need, made once per reload. Immutable.
struct Site {
    Tenant tenant;
    std::string theme;
    // Published names below /static/.
    std::string logo_url;
    std::string logo_dark_url;
    std::string favicon_url;
    std::string tokens_css_url;
    view::MailColors mail_colors;
    std::string mail_from;
    std::string mail_reply_to;
    std::vector<LegalLink> legal;
    std::vector<std::shared_ptr<const ConfiguredGateway>> gateways;  // in the order of the file
};

}  // namespace livery::tenancy

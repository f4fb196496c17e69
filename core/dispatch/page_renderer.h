#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/view/view.h>

#include "dispatch/session_source.h"
#include "host/plugin_registry.h"
#include "tenancy/house.h"
#include "view/icu_formatter.h"

namespace livery::dispatch {

// What a page is rendered for, beyond its own model.
struct PageFrame {
    const Request& request;
    const tenancy::House& house;
    const tenancy::Site& site;
    const view::IcuFormatter& format;
    const SessionState* session = nullptr;
    std::string csrf_token;
    std::string color_scheme = "auto";
    std::string notice;  // ready to read; empty: none
    Instant now;
};

// Puts a View into its tenant's theme, language and layout. Thread: any.
class PageRenderer {
 public:
    explicit PageRenderer(const std::vector<host::Contributions::OwnedNavItem>& nav) : nav_(nav) {}
    std::string Render(const PageFrame& frame, const std::string& plugin, const View& view) const;

 private:
    ViewModel BaseModel(const PageFrame& frame, const View& view) const;
    void AddNavigation(const PageFrame& frame, ViewModel& base) const;

    const std::vector<host::Contributions::OwnedNavItem>& nav_;
};

}  // namespace livery::dispatch

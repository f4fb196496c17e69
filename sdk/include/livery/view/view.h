#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/error.h>
#include <livery/http/session_cookie.h>
#include <livery/view/view_model.h>

namespace livery {

// A page: a template of the plugin and what it shows. `title` is ready to read; layout, navigation
// and brand are the host's.
struct View {
    std::string template_name;
    std::string title;
    ViewModel model;
    int status = 200;
    // For a form that is shown again: makes the error summary. `text` is ready to read, `field` is
    // the id of the input.
    struct ShownError {
        std::string field;
        std::string text;
    };
    std::vector<ShownError> errors;
    std::optional<SessionCookie> session = {};  // what the browser keeps from now on
    // An address of another company to which the browser goes on by itself, at once; the page has a
    // link to it for those that do not. A redirect that answers a form may not leave our origin
    // (Content-Security-Policy: form-action), a page may.
    std::string goes_on_to = {};
    // An address of another company to which a form of the page posts: the page's
    // Content-Security-Policy lets forms go there, and where that redirects them.
    std::string posts_to = {};
};

}  // namespace livery

#pragma once

#include <string>
#include <vector>

#include <livery/error.h>
#include <livery/view/formatter.h>
#include <livery/view/view.h>

namespace livery {

// The one form of the portal. Every page that asks for something is made of it, so that all keep
// the same contract (GOV.UK): labels, hints, kept input, an error summary whose links lead to the
// fields, the same words beside them, `Error:` in the title. Rendered by the theme's `form` page.
struct FormField {
    enum class Kind {
        kText,
        kEmail,
        kPassword,
        kSelect,
        kCheckbox,
        kDigits,
        kDate,
        kParagraphs,
        kFiles,  // any number; the route says BodySize::kFiles
    };
    struct Option {
        std::string value;
        std::string label;
    };
    std::string name;  // of the input; its id too
    std::string label;
    std::string value = {};
    Kind kind = Kind::kText;
    std::string hint = {};
    std::string autocomplete = {};
    std::vector<Option> options = {};
    bool required = true;
    std::string error = {};   // ready to read
    std::string accept = {};  // of kFiles: what a browser offers, ".png,.pdf"
};

struct FormPage {
    struct Link {
        std::string label;
        std::string href;
    };
    std::string title;
    std::string intro = {};
    std::string action;
    std::string submit;  // the button; empty: there is nothing to send
    std::vector<FormField> fields;
    std::vector<Link> links = {};  // other ways, below the button
    Link back = {};                // breadcrumb; empty: none
    std::string alert = {};        // a problem of no single field, ready to read
    bool narrow = false;           // a card of its own, for people who are not signed in
    Link remove = {};              // second button: a POST to href
};

// The page, 422 when any field has an error or `alert` is set, else 200.
View ToView(const FormPage& form);
// Puts the texts of field errors to their fields; an error of no field becomes the alert.
void ShowErrors(FormPage& form, const Error& error, const Formatter& format);

}  // namespace livery

#pragma once

#include <optional>
#include <string>

#include <livery/http/request.h>
#include <livery/http/response.h>

#include "sandbox/pages/card_form.h"
#include "sandbox/store/store.h"

namespace livery::sandbox {

// The customer's side, `/pay/{session}`: the card page, then perhaps the bank's question, then back
// to the shop. Thread: any.
class Pages {
 public:
    explicit Pages(Store& store) : store_(store) {}
    Response Answer(const Request& request) const;

 private:
    // What a page is about: a payment or a setup, as it is now.
    struct Subject {
        std::optional<Payment> payment;
        std::optional<Setup> setup;
        std::int64_t now = 0;

        template <class Get>
        auto Of(Get get) const {
            return payment ? get(*payment) : get(*setup);
        }
    };
    std::optional<Subject> Find(const std::string& session) const;
    Response Show(const Subject& subject, std::string_view language, const CardForm& form,
                  const Params& typed) const;
    void Act(const Subject& subject, const Request& request, CardForm& form) const;

    Store& store_;
};

}  // namespace livery::sandbox

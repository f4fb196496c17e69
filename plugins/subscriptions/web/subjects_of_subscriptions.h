#pragma once

#include <livery/ports/ticket_subjects.h>

#include "web/subscription_pages.h"

namespace livery::subscriptions {

// Subscriptions, as what a request for help is about.
class SubjectsOfSubscriptions final : public TicketSubjectSource {
 public:
    explicit SubjectsOfSubscriptions(const PageSources& sources) : sources_(sources) {}
    std::vector<Kind> Kinds() const override { return {{"subscription", "sub"}}; }
    std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) override;

 private:
    PageSources sources_;
};

}  // namespace livery::subscriptions

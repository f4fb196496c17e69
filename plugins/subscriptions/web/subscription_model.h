#pragma once

#include <livery/view/formatter.h>
#include <livery/view/view_model.h>

#include "domain/changes.h"
#include "domain/subscription.h"

namespace livery::subscriptions {

// One line of the list: display-ready.
void ShowRow(const Subscription& subscription, Date today, const Formatter& format, ViewModel& row);
// The detail page: the subscription itself, its bundle and its history.
struct Detail {
    const Subscription& subscription;
    const std::vector<Subscription>& bundle;
    const std::vector<Event>& events;
};
void ShowDetail(const Detail& detail, Date today, const Formatter& format, ViewModel& model);

// What it costs now, all units of it: "120.00 € a month".
std::string PriceTextOf(const Subscription& subscription, Date today, const Formatter& format);
// What happens next with it, in words that need no heading: the next charge, its end, or nothing.
std::string NextTextOf(const Subscription& subscription, Date today, const Formatter& format);

std::string PathOf(const Subscription& subscription);

}  // namespace livery::subscriptions

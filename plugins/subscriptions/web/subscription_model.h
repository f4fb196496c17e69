#pragma once

#include <livery/view/formatter.h>
#include <livery/view/view_model.h>

#include "domain/changes.h"
#include "domain/subscription.h"

namespace livery::subscriptions {

// One line of the list: display-ready.
void ShowRow(const Subscription& subscription, Date today, const Formatter& format, ViewModel& row);
// The detail page: the subscription itself, its bundle and its history.
void ShowDetail(const Subscription& subscription, const std::vector<Subscription>& bundle,
                const std::vector<Event>& events, Date today, const Formatter& format,
                ViewModel& model);

std::string PathOf(const Subscription& subscription);

}  // namespace livery::subscriptions

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/money/money.h>

namespace livery {

// What the home page tells: what do I have, what will it cost, what happens next. Every plugin adds
// its part; texts are ready to read (state and event words are among the themes' common texts).
struct Overview {
    struct Charge {
        Date on;
        Money amount;
        std::string what;
        std::string href;
    };
    struct Item {
        std::string title;
        std::string subtitle;
        std::string state;  // "active": names the badge; its word is the text `state.active`
        std::string href;
    };
    struct Upcoming {
        Date on;
        std::string text;
        std::string icon;
        std::string href;
    };
    std::vector<Charge> charges;
    std::vector<Item> items;
    std::vector<Upcoming> upcoming;
    std::string all_items_href;
};

// Thread: any worker, during a request; one round trip to the database at most.
class OverviewSource {
 public:
    virtual ~OverviewSource();
    virtual void Contribute(const RequestContext& request, Overview& overview) = 0;
};

struct OwnedOverviewSource {
    std::string plugin;
    std::shared_ptr<OverviewSource> source;
};
using OverviewSources = std::vector<OwnedOverviewSource>;

}  // namespace livery

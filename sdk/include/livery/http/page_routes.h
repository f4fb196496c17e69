#pragma once

#include <string>
#include <utility>

#include <livery/registrar.h>

namespace livery {

// Adds the routes of one class of pages, whose handlers are its member functions.
template <class Pages>
class PageRoutes {
 public:
    using Handler = Result<Reply> (Pages::*)(const RequestContext&) const;

    // `pages` lives as long as the registrar's host.
    PageRoutes(Registrar& registrar, const Pages& pages) : registrar_(registrar), pages_(pages) {}

    void Get(Access access, std::string path, Handler handler, std::string summary,
             RateClass rate = RateClass::kPage, Pace pace = Pace::kQuick) {
        Route route{Method::kGet,   std::move(path),    access,
                    Bound(handler), std::move(summary), rate};
        route.pace = pace;
        registrar_.Add(std::move(route));
    }
    // For people who are signed in; shown again until something of theirs changes.
    void GetReused(std::string path, Handler handler, std::string summary) {
        registrar_.Add(Route{Method::kGet, std::move(path), Access::kSignedIn, Bound(handler),
                             std::move(summary), RateClass::kPage, Reuse::kWhileUnchanged});
    }
    void Post(Access access, std::string path, Handler handler, std::string summary, RateClass rate,
              Pace pace = Pace::kQuick) {
        Route route{Method::kPost,  std::move(path),    access,
                    Bound(handler), std::move(summary), rate};
        route.pace = pace;
        registrar_.Add(std::move(route));
    }

 private:
    livery::Handler Bound(Handler handler) const {
        return [&pages = pages_, handler](const RequestContext& request) {
            return (pages.*handler)(request);
        };
    }

    Registrar& registrar_;
    const Pages& pages_;
};

}  // namespace livery

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
    // `permission`: of all these pages that are for people who are signed in.
    PageRoutes(Registrar& registrar, const Pages& pages, std::string permission = {})
        : registrar_(registrar), pages_(pages), permission_(std::move(permission)) {}

    void Get(Access access, std::string path, Handler handler, std::string summary,
             RateClass rate = RateClass::kPage, Pace pace = Pace::kQuick) {
        Add({Method::kGet, std::move(path), access, Bound(handler), std::move(summary), rate},
            pace);
    }
    // For people who are signed in; shown again until something of theirs changes.
    void GetReused(std::string path, Handler handler, std::string summary) {
        Add({Method::kGet, std::move(path), Access::kSignedIn, Bound(handler), std::move(summary),
             RateClass::kPage, Reuse::kWhileUnchanged},
            Pace::kQuick);
    }
    void Post(Access access, std::string path, Handler handler, std::string summary, RateClass rate,
              Pace pace = Pace::kQuick) {
        Add({Method::kPost, std::move(path), access, Bound(handler), std::move(summary), rate},
            pace);
    }
    // A form with files. They are written down, and perhaps looked at by another program.
    void PostFiles(Access access, std::string path, Handler handler, std::string summary,
                   RateClass rate) {
        Route route{Method::kPost,  std::move(path),    access,
                    Bound(handler), std::move(summary), rate};
        route.body = BodySize::kFiles;
        Add(std::move(route), Pace::kWaits);
    }

 private:
    void Add(Route route, Pace pace) {
        route.pace = pace;
        if (route.access == Access::kSignedIn) route.permission = permission_;
        registrar_.Add(std::move(route));
    }
    livery::Handler Bound(Handler handler) const {
        return [&pages = pages_, handler](const RequestContext& request) {
            return (pages.*handler)(request);
        };
    }

    Registrar& registrar_;
    const Pages& pages_;
    std::string permission_;
};

}  // namespace livery

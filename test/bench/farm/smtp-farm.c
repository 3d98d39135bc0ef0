/* The SMTP farm in C: the same answers as farm-session.ts, for less of the machine that the client under test shares.
   smtp-farm LATENCY_US THRESHOLD SEED ADDRESS...; prints "PORT n"; for each line on stdin one line of counters as JSON;
   ends with stdin. One thread, epoll, one timer for all replies that wait; loopback addresses only. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_FDS 65536
#define BUFFER 65536
#define TRIES 20

typedef struct { int live, in_transaction, over; unsigned generation; int rest; char buffer[BUFFER]; } Connection;
typedef struct Write { struct Write *next; int64_t due; int fd, length, end; unsigned generation; char bytes[]; } Write;

static Connection *connections[MAX_FDS];
static char is_listener[MAX_FDS];
static Write *first, *last;
static int64_t latency, armed_for;
static uint64_t threshold;
static uint32_t seed;
static long connected, recipients, violations, written;
static double late_ms;
static int poller, timer;
static char output[BUFFER * 16];
static int output_length;

static int64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }

static void watch(int fd) { struct epoll_event event = { .events = EPOLLIN, .data.fd = fd }; epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event); }

static void send_all(int fd, const char *bytes, int length) {
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno != EAGAIN) return;
      struct pollfd wait = { .fd = fd, .events = POLLOUT };
      if (poll(&wait, 1, 1000) <= 0) return;
      continue;
    }
    bytes += sent;
    length -= sent;
  }
}

static void leave(int fd) { connections[fd]->live = 0; connections[fd]->generation++; close(fd); }

static void hand_over(int fd, const char *bytes, int length, int end, int64_t now) {
  if (latency == 0) {
    send_all(fd, bytes, length);
    if (end) shutdown(fd, SHUT_WR);
    return;
  }
  Write *write = malloc(sizeof(Write) + length);
  *write = (Write){ .due = now + latency, .fd = fd, .length = length, .end = end, .generation = connections[fd]->generation };
  memcpy(write->bytes, bytes, length);
  if (last) last->next = write; else first = write;
  last = write;
}

static void flush_due(void) {
  int64_t now = now_ns();
  while (first && first->due <= now) {
    Write *write = first;
    first = write->next;
    if (!first) last = NULL;
    Connection *connection = connections[write->fd];
    if (connection->live && connection->generation == write->generation) {
      send_all(write->fd, write->bytes, write->length);
      if (write->end) shutdown(write->fd, SHUT_WR);
      now = now_ns();
      late_ms += (now - write->due) / 1e6;
      written++;
    }
    free(write);
  }
  if (!first || armed_for == first->due) return;
  armed_for = first->due;
  struct itimerspec at = { .it_value = { armed_for / 1000000000LL, armed_for % 1000000000LL } };
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void put(const char *text, int length) { memcpy(output + output_length, text, length); output_length += length; }
#define PUT(text) put(text, sizeof(text) - 1)

/* As isKnownRecipient of known-recipient.ts. */
static int is_known(const char *path, const char *end) {
  if (end - path < 5 || memcmp(path, "user", 4) != 0 || path[4] < '0' || path[4] > '9') return 0;
  uint32_t hash = 0x811c9dc5u ^ seed;
  for (const char *at = path; at < end; at++) hash = (hash ^ (uint8_t)*at) * 0x01000193u;
  hash = (hash ^ (hash >> 15)) * 0x2c1b3c6du;
  hash ^= hash >> 13;
  return hash >= threshold;
}

static void recipient(Connection *connection, const char *line, const char *end) {
  recipients++;
  if (!connection->in_transaction) { PUT("503 5.5.1 Error: need MAIL command\r\n"); return; }
  const char *path = memchr(line, '<', end - line);
  const char *close_at = path ? memchr(path, '>', end - path) : NULL;
  if (!close_at) { PUT("501 5.1.3 Bad recipient address syntax\r\n"); return; }
  path++;
  if (is_known(path, close_at)) { PUT("250 2.1.5 Ok\r\n"); return; }
  PUT("550 5.1.1 <");
  put(path, close_at - path);
  PUT(">: Recipient address rejected: User unknown in virtual mailbox table\r\n");
}

static void answer(Connection *connection, const char *line, const char *end) {
  if ((line[0] | 32) == 'r' && (line[1] | 32) == 'c') recipient(connection, line, end);
  else if (!strncasecmp(line, "EHLO", 4)) PUT("250-farm.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n");
  else if (!strncasecmp(line, "HELO", 4)) PUT("250 farm.test\r\n");
  else if (!strncasecmp(line, "MAIL", 4)) {
    if (connection->in_transaction) PUT("503 5.5.1 Error: nested MAIL command\r\n"); else PUT("250 2.1.0 Ok\r\n");
    connection->in_transaction = 1;
  } else if (!strncasecmp(line, "RSET", 4)) { connection->in_transaction = 0; PUT("250 2.0.0 Ok\r\n"); }
  else if (!strncasecmp(line, "NOOP", 4)) PUT("250 2.0.0 Ok\r\n");
  else if (!strncasecmp(line, "QUIT", 4)) { connection->over = 1; PUT("221 2.0.0 Bye\r\n"); }
  else { violations++; PUT("502 5.5.2 Error: command not recognized\r\n"); }
}

static void read_from(int fd, int64_t now) {
  Connection *connection = connections[fd];
  if (!connection || !connection->live) return;
  ssize_t got = recv(fd, connection->buffer + connection->rest, BUFFER - connection->rest, 0);
  if (got <= 0) { if (got == 0 || errno != EAGAIN) leave(fd); return; }
  char *start = connection->buffer, *end = start + connection->rest + got, *feed;
  output_length = 0;
  /* No command is shorter than 5 octets, so a buffer of them never answers with more than the output holds. */
  while (!connection->over && (feed = memchr(start, '\n', end - start))) { answer(connection, start, feed); start = feed + 1; }
  connection->rest = end - start;
  if (connection->rest == BUFFER) connection->rest = 0;
  memmove(connection->buffer, start, connection->rest);
  if (output_length > 0) hand_over(fd, output, output_length, connection->over, now);
}

static void accept_all(int listener, int64_t now) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
    if (fd < 0) return;
    if (fd >= MAX_FDS) { close(fd); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (!connections[fd]) connections[fd] = calloc(1, sizeof(Connection));
    Connection *connection = connections[fd];
    connection->live = 1;
    connection->generation++;
    connection->in_transaction = connection->over = connection->rest = 0;
    watch(fd);
    connected++;
    hand_over(fd, "220 farm.test ESMTP Postfix\r\n", 29, 0, now);
  }
}

static int listen_on(const char *address, int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (!inet_aton(address, &at.sin_addr) || bind(fd, (void *)&at, sizeof at) || listen(fd, 4096)) { close(fd); return -1; }
  return fd;
}

/* One port that is free on all addresses, or 0. */
static int listen_on_all(char **addresses, int count) {
  int *fds = malloc(count * sizeof(int)), made = 1;
  if ((fds[0] = listen_on(addresses[0], 0)) < 0) { free(fds); return 0; }
  struct sockaddr_in at;
  socklen_t size = sizeof at;
  getsockname(fds[0], (void *)&at, &size);
  int port = ntohs(at.sin_port);
  while (made < count && (fds[made] = listen_on(addresses[made], port)) >= 0) made++;
  for (int i = 0; i < made; i++) {
    if (made < count) close(fds[i]);
    else { is_listener[fds[i]] = 1; watch(fds[i]); }
  }
  free(fds);
  return made < count ? 0 : port;
}

static void tell(void) {
  struct timespec cpu;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  printf("{\"connections\":%ld,\"recipients\":%ld,\"violations\":%ld,\"cpuMs\":%.1f,\"meanLateMs\":%.3f}\n", connected, recipients, violations,
    cpu.tv_sec * 1e3 + cpu.tv_nsec / 1e6, written ? late_ms / written : 0);
  fflush(stdout);
}

int main(int count, char **arguments) {
  if (count < 5) return 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  latency = atoll(arguments[1]) * 1000;
  threshold = strtoull(arguments[2], NULL, 10);
  seed = (uint32_t)strtoul(arguments[3], NULL, 10);
  poller = epoll_create1(EPOLL_CLOEXEC);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  watch(timer);
  watch(0);
  int port = 0;
  for (int i = 0; i < TRIES && !port; i++) port = listen_on_all(arguments + 4, count - 4);
  if (!port) return 1;
  printf("PORT %d\n", port);
  fflush(stdout);
  static struct epoll_event events[1024];
  for (;;) {
    int ready = epoll_wait(poller, events, 1024, -1);
    int64_t now = now_ns();
    flush_due();
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == timer) { uint64_t expired; if (read(timer, &expired, sizeof expired) > 0) armed_for = 0; }
      else if (fd == 0) { char line[64]; if (read(0, line, sizeof line) <= 0) return 0; tell(); }
      else if (is_listener[fd]) accept_all(fd, now);
      else read_from(fd, now);
    }
    flush_due();
  }
}

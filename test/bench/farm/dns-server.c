/* The DNS server of the benchmarks: answers any name, as fast as the system takes datagrams, so that what is measured is
 * the one who asks. UDP on loopback only; one argument, the port (0: any); writes "PORT n" when it is ready.
 * MX: 10 mx.<name>; A: 93.184.216.34; AAAA: no such record, with an SOA; names that begin with "nx": NXDOMAIN, with an SOA. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* LOOKS: how often it looks for the next question before it sleeps, some tens of microseconds. Otherwise it sleeps between
 * any two, and to wake a sleeper costs who asks as much as the message; a server on another machine costs nobody here that. */
enum { BATCH = 64, ROOM = 512, TTL = 300, LOOKS = 100 };

static unsigned char *put16(unsigned char *at, unsigned value) {
  *at++ = value >> 8;
  *at++ = value & 255;
  return at;
}

static unsigned char *put32(unsigned char *at, unsigned value) { return put16(put16(at, value >> 16), value & 65535); }

static unsigned char *record(unsigned char *at, unsigned type) {
  return put32(put16(put16(put16(at, 0xc00c), type), 1), TTL);
}

/* Turns the query of n bytes into its answer, in place; gives its length, or 0 for what is no query. */
static size_t answer(unsigned char *message, size_t n) {
  size_t at = 12;
  if (n < 17 || message[2] & 0x80 || message[5] != 1) return 0;
  while (at < n && message[at] != 0) at += message[at] + 1u;
  if (at + 5 > n || n > ROOM - 64) return 0;
  unsigned type = message[at + 1] << 8 | message[at + 2];
  int missing = message[12] >= 2 && message[13] == 'n' && message[14] == 'x';
  unsigned char *end = message + at + 5;
  message[2] = 0x80 | (message[2] & 1);
  message[3] = 0x80 | (missing ? 3 : 0);
  memset(message + 6, 0, 6);
  if (!missing && type == 15) {
    message[7] = 1;
    end = put16(put16(record(end, 15), 7), 10);
    memcpy(end, "\2mx\xc0\x0c", 5);
    return (size_t)(end + 5 - message);
  }
  if (!missing && type == 1) {
    message[7] = 1;
    end = put16(record(end, 1), 4);
    return (size_t)(put32(end, 0x5db8d822) - message);
  }
  message[9] = 1;
  end = put16(record(end, 6), 24);
  end = put16(put16(end, 0xc00c), 0xc00c);
  for (int i = 0; i < 5; i++) end = put32(end, i == 4 ? TTL : 1);
  return (size_t)(end - message);
}

int main(int count, char **values) {
  static unsigned char bytes[BATCH][ROOM];
  static struct sockaddr_in peers[BATCH];
  static struct iovec parts[BATCH];
  static struct mmsghdr in[BATCH], out[BATCH];
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(count > 1 ? atoi(values[1]) : 0), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof own;
  int room = 8 << 20, server = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(server, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  if (server < 0 || bind(server, (struct sockaddr *)&own, sizeof own) != 0 || getsockname(server, (struct sockaddr *)&own, &length) != 0) {
    perror("dns-server");
    return 1;
  }
  printf("PORT %d\n", ntohs(own.sin_port));
  fflush(stdout);
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){bytes[i], ROOM};
      in[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &parts[i], .msg_iovlen = 1};
    }
    int received = -1, ready = 0;
    for (int look = 0; received < 0 && look < LOOKS; look++) received = recvmmsg(server, in, BATCH, MSG_DONTWAIT, NULL);
    if (received < 0) received = recvmmsg(server, in, BATCH, MSG_WAITFORONE, NULL);
    if (received < 0) continue;
    for (int i = 0; i < received; i++) {
      parts[i].iov_len = answer(bytes[i], in[i].msg_len);
      if (parts[i].iov_len == 0) continue;
      out[ready].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &parts[i], .msg_iovlen = 1};
      ready++;
    }
    for (int sent = 0; sent < ready;) {
      int now = sendmmsg(server, out + sent, ready - sent, 0);
      sent += now > 0 ? now : 1;
    }
  }
}
